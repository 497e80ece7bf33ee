using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.AspNetCore;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Tests;

/// <summary>An app with the dashboard on a free port of this machine.</summary>
sealed class DashboardApp : IAsyncDisposable
{
    readonly WebApplication app;

    DashboardApp(WebApplication app, string address, TaskBoard tasks) => (this.app, Address, Tasks) = (app, address, tasks);

    /// <summary>The address of the home page, with a slash at the end.</summary>
    public string Address { get; }

    /// <summary>Decides how tasks end.</summary>
    public TaskBoard Tasks { get; }

    public IServiceProvider Services => app.Services;

    public OrkestraRuntime Runtime => app.Services.GetRequiredService<OrkestraRuntime>();

    public static async Task<DashboardApp> StartAsync(Action<DashboardOptions>? configure = null, IExecutionStore? store = null, string pattern = "/orkestra", int port = 0, Action<OrkestraBuilder>? orkestra = null, bool hasMachines = true)
    {
        var tasks = new TaskBoard();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddOrkestra(added =>
        {
            added.AddWorkflow<PlaceOrder>();
            added.AddWorkflow<Delivery>();
            added.AddWorkflow<Purchase>();
            added.UseInvoker(_ => tasks).UseStore(store ?? new InMemoryExecutionStore());
            orkestra?.Invoke(added);
        });
        builder.Services.AddStepFunctions();
        var app = builder.Build();
        app.MapOrkestra(pattern, configure);
        var runtime = app.Services.GetRequiredService<OrkestraRuntime>();
        foreach (var (name, definition) in hasMachines ? (ReadOnlySpan<(string, string)>)[("Shipping", Definitions.Shipping), ("Approval", Definitions.Approval), ("Loop", Definitions.Loop), ("Packing", Definitions.Packing)] : [])
            runtime.StateMachines.Add(name, ExecutionPlan.Compile(AslReader.Parse(definition)));
        await app.StartAsync();
        var root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new DashboardApp(app, $"{root}{pattern.TrimEnd('/')}/", tasks);
    }

    /// <summary>Starts a run and waits for its end, or until it rests.</summary>
    public async Task<ExecutionHandle> RunAsync(string workflow, string input, string? name = null, bool waits = true)
    {
        var run = await Runtime.StartAsync(workflow, JsonValue.Parse(input), name);
        if (waits) await run.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        return run;
    }

    /// <summary>The address of a page.</summary>
    public string Page(string path) => Address + path;

    public string RunPage(string arn) => $"{Address}runs/{arn}";

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }
}

/// <summary>Answers tasks as the input of the run says, and as tests decide.</summary>
sealed class TaskBoard : ITaskInvoker
{
    int busy;

    /// <summary>How often the printer is busy before it prints.</summary>
    public int Busy
    {
        set => busy = value;
    }

    /// <summary>Ends when tests let the task "notify" go on; null to go on at once.</summary>
    public TaskCompletionSource? Notify { get; set; }

    /// <summary>Whether notifying fails.</summary>
    public bool NotifyFails { get; set; }

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        switch (invocation.StateName)
        {
            case "Print label" when Interlocked.Decrement(ref busy) >= 0:
                return TaskOutcome.Failure("Printer.Busy", "The printer prints something else");
            case "Print label":
                return TaskOutcome.Result(JsonObject.Create(("label", "L-1")));
            case "Book truck":
                return TaskOutcome.Failure("Truck.None", """{"errorType":"Truck.None","errorMessage":"No truck is free\non that day","stackTrace":["at Trucks.Book(Order order) in Trucks.cs:line 17","at Program.Main()"]}""");
            case "Notify":
                if (Notify is { } wait) await wait.Task.WaitAsync(TimeSpan.FromSeconds(60));
                return NotifyFails
                    ? TaskOutcome.Failure("Mail.Refused", JsonSerializer.Serialize(new { errorType = "Mail.Refused", errorMessage = "The mail server refused the address", stackTrace = new[] { "at Mail.Send(String to) in Mail.cs:line 42" } }))
                    : TaskOutcome.Result(JsonObject.Create(("mail", "sent")));
            case "Ask manager":
                return TaskOutcome.Result(JsonObject.Create(("MessageId", "1")));
            case "Pack box":
                return TaskOutcome.Unhandled;
            default:
                return TaskOutcome.Result(invocation.Input);
        }
    }
}
