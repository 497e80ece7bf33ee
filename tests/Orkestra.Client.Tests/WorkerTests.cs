using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.AspNetCore;
using Orkestra.Authoring;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Extensions.Hosting.Workers;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>Steps that a worker does: in this process, and by a worker in a host of its own against a Step Functions endpoint over HTTP.</summary>
public sealed class WorkerTests
{
    const string Region = "us-east-1";
    const string Account = "123456789012";

    public sealed record Video(string Name, int Seconds);

    public sealed class NoDiskException(string disk) : Exception($"The disk {disk} is full.");

    /// <summary>A function, then a worker with a context and a service, then a function.</summary>
    public sealed class Rendering : Workflow<Video, string>
    {
        public static readonly Step<Video, Video> Check = new(video => video.Seconds > 0 ? video : throw new ArgumentException("empty"));

        public static readonly Step<Video, string> Render = new(async (video, context) =>
        {
            if (context.Services.GetService(typeof(Gate)) is Gate gate) await gate.PassAsync(context);
            if (video.Name == "full") throw new NoDiskException("D");
            return $"{video.Name}.mp4 {context.Attempt} {context.ExecutionId.Length > 0} {context.IdempotencyKey.Length > 0} {context.StepName}";
        })
        { Host = StepHost.Worker, Heartbeat = TimeSpan.FromSeconds(10) };

        public static readonly Step<string, string> Publish = new(file => $"published {file}");

        public static readonly Step<Failure, string> Sorry = new(failure => $"sorry: {failure.Message}");

        public override Flow<Video, string> Define() => Check >> Render.Catch<NoDiskException>(Sorry) >> Publish;
    }

    /// <summary>Holds steps until it is opened, and remembers how many were inside at once.</summary>
    public sealed class Gate
    {
        readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int inside;

        public int Most { get; private set; }

        public SemaphoreSlim Entered { get; } = new(0);

        public void Open() => open.TrySetResult();

        internal async Task PassAsync(StepContext context)
        {
            lock (open) Most = Math.Max(Most, ++inside);
            Entered.Release();
            try
            {
                await open.Task.WaitAsync(context.CancellationToken);
            }
            finally
            {
                lock (open) inside--;
            }
        }
    }

    [Fact]
    public void The_document_names_the_activity_and_hands_it_the_context()
    {
        var task = (TaskState)new Rendering().Compile().Document.States["Render"];
        task.Resource.ShouldBe("arn:aws:states:${ActivityRegion}:${ActivityAccount}:activity:${Render}");
        task.Retry.ShouldBeEmpty();
        task.HeartbeatSeconds.ShouldBe(10);
        task.Arguments!["Payload"].ShouldBe("{% $states.input %}");
        task.Arguments["Context"]!["Execution"].ShouldBe("{% $states.context.Execution.Id %}");
        Orkestra.Validation.StateMachineValidator.Validate(new Rendering().Compile().Document).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_this_process_the_step_runs_as_any_other()
    {
        (await new Rendering().RunAsync(new Video("a", 1))).ShouldBe("published a.mp4 1 True True Render");
        (await new Rendering().RunAsync(new Video("full", 1))).ShouldBe("published sorry: The disk D is full.");
    }

    [Fact]
    public async Task A_worker_does_the_step_for_an_endpoint()
    {
        await using var service = await Service.StartAsync();
        using var worker = await service.StartWorkerAsync(new Gate(), opened: true);
        (await service.RunAsync(new Video("b", 2))).ShouldBe("\"published b.mp4 1 True True Render\"");
        (await service.RunAsync(new Video("full", 2))).ShouldBe("\"published sorry: The disk D is full.\"");
        await worker.StopAsync();
    }

    [Fact]
    public async Task Heartbeats_keep_a_long_step_alive_and_a_worker_takes_no_more_than_it_can_do()
    {
        await using var service = await Service.StartAsync();
        var gate = new Gate();
        using var worker = await service.StartWorkerAsync(gate, concurrency: 2);
        List<Task<string>> runs = [.. Enumerable.Range(0, 2).Select(number => service.RunAsync(new Video($"v{number}", 1)))];
        for (var i = 0; i < 2; i++) (await gate.Entered.WaitAsync(Place.Patience)).ShouldBeTrue();
        // Longer than the heartbeat of the step: without heartbeats the service would end it.
        await Task.Delay(TimeSpan.FromSeconds(12));
        runs.Add(service.RunAsync(new Video("v2", 1)));
        // Time for the worker to take more than it may.
        await Task.Delay(TimeSpan.FromSeconds(1));
        gate.Open();
        foreach (var run in runs) (await run).ShouldStartWith("\"published v");
        gate.Most.ShouldBe(2);
        await worker.StopAsync();
    }

    [Fact]
    public async Task A_worker_that_stops_lets_a_running_step_end()
    {
        await using var service = await Service.StartAsync();
        var gate = new Gate();
        using var worker = await service.StartWorkerAsync(gate);
        var run = service.RunAsync(new Video("last", 1));
        (await gate.Entered.WaitAsync(Place.Patience)).ShouldBeTrue();
        var stop = worker.StopAsync(CancellationToken.None);
        stop.IsCompleted.ShouldBeFalse();
        gate.Open();
        await stop.WaitAsync(Place.Patience);
        (await run).ShouldStartWith("\"published last.mp4");
    }

    [Fact]
    public async Task A_worker_without_time_left_fails_the_step_with_an_error_of_its_own()
    {
        await using var service = await Service.StartAsync();
        var gate = new Gate();
        using var worker = await service.StartWorkerAsync(gate);
        var run = service.RunAsync(new Video("lost", 1));
        (await gate.Entered.WaitAsync(Place.Patience)).ShouldBeTrue();
        await worker.StopAsync(new CancellationToken(true));
        (await run).ShouldBe("WorkerStoppedException");
    }

    [Fact]
    public async Task A_worker_without_work_is_a_mistake()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOrkestraWorker(worker => worker.UseEndpoint(new Uri("http://127.0.0.1:1")).AddWorkflow<Nightly>());
        using var host = builder.Build();
        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message.ShouldContain("Host = StepHost.Worker");
    }

    /// <summary>A Step Functions endpoint with the workflow deployed as the CDK package does: an activity, and functions that this process answers.</summary>
    sealed class Service : IAsyncDisposable
    {
        readonly WebApplication app;
        readonly Uri address;
        readonly WorkflowConnection connection;
        readonly string machine;

        Service(WebApplication app, Uri address, WorkflowConnection connection, string machine) => (this.app, this.address, this.connection, this.machine) = (app, address, connection, machine);

        internal static async Task<Service> StartAsync()
        {
            var definition = new Rendering().Compile();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddOrkestra(orkestra => orkestra.UseInvoker(_ => new Functions(new StepInvoker(definition))));
            builder.Services.AddStepFunctions();
            var app = builder.Build();
            app.MapStepFunctions("/");
            await app.StartAsync();
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            var connection = WorkflowConnection.ToEndpoint(address);
            JsonValue activity = await connection.CallAsync("CreateActivity", JsonObject.Create(("name", "Rendering-Render")));
            var arn = ((JsonString)activity["activityArn"]!).Value.Split(':');
            var text = AslWriter.Write(definition.Document).Replace("${ActivityRegion}", arn[3], StringComparison.Ordinal)
                .Replace("${ActivityAccount}", arn[4], StringComparison.Ordinal).Replace("activity:${Render}", "activity:Rendering-Render", StringComparison.Ordinal);
            JsonValue machine = await connection.CallAsync(
                "CreateStateMachine", JsonObject.Create(("name", "Rendering"), ("definition", text), ("roleArn", $"arn:aws:iam::{Account}:role/{Region}")));
            return new Service(app, address, connection, ((JsonString)machine["stateMachineArn"]!).Value);
        }

        internal async Task<IHost> StartWorkerAsync(Gate gate, bool opened = false, int concurrency = 4)
        {
            if (opened) gate.Open();
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddSingleton(gate);
            builder.Services.AddOrkestraWorker(worker =>
            {
                worker.UseEndpoint(address).AddWorkflow<Rendering>();
                worker.MaxConcurrency = concurrency;
            });
            var host = builder.Build();
            await host.StartAsync();
            return host;
        }

        // The output, or the error.
        internal async Task<string> RunAsync(Video video)
        {
            JsonValue started = await connection.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machine), ("input", PayloadSerializer.Default.Serialize(video).ToJson())));
            using var patience = new CancellationTokenSource(Place.Patience);
            JsonValue ended = await connection.WaitAsync(((JsonString)started["executionArn"]!).Value, patience.Token);
            return ((JsonString)(ended["output"] ?? ended["error"])!).Value;
        }

        public async ValueTask DisposeAsync()
        {
            connection.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Answers for functions alone: activities are for workers.</summary>
    sealed class Functions(StepInvoker steps) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) =>
            invocation.Resource.Kind == Engine.TaskResourceKind.Activity ? new(TaskOutcome.Unhandled) : steps.InvokeAsync(invocation);
    }
}
