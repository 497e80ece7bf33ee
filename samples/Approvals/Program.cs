using Orkestra.Asl;
using Orkestra.AspNetCore;
using Orkestra.Client;
using Orkestra.Client.Connections;
using Orkestra.Engine;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Sqlite;

// A shop whose orders wait for a person. Kill it at any moment and start it again: no order is lost, and none is charged twice.
//   dotnet run --project samples/Approvals
//   curl -X POST localhost:5000/orders -H 'content-type: application/json' -d '{"id":"A-1","item":"lantern","quantity":2,"total":25}'
//   curl localhost:5000/orders/A-1
//   curl -X POST 'localhost:5000/orders/A-1/approve?by=Ada'
// With 'demo' it does that by itself and ends.
var isDemo = args is ["demo"];
var builder = WebApplication.CreateBuilder(isDemo ? ["--urls", "http://127.0.0.1:0", "--data", Directory.CreateTempSubdirectory("approvals").FullName] : args);
var definition = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PlaceOrder.asl.json"));
builder.Services.AddSingleton<OrderTasks>();
builder.Services.AddOrkestra(orkestra =>
{
    // To run the orders on AWS instead, this line becomes: orkestra.UseAws("eu-central-1");
    orkestra.UseSqlite(Path.Combine(builder.Configuration["data"] ?? "data", "orders.db"));
    orkestra.UseInvoker(services => services.GetRequiredService<OrderTasks>());
    orkestra.AddStateMachine("PlaceOrder", AslReader.Read(definition).Document!);
    // The shop itself orders a lantern each Monday at eight, and a person approves it.
    orkestra.AddSchedule("PlaceOrder", "cron(0 8 ? * MON *)", schedule =>
    {
        schedule.Name = "standing-order";
        schedule.InputAt = monday => new Order($"standing-{monday:yyyy-MM-dd}", "lantern", 1, 12.5m);
    });
});
builder.Services.AddSingleton(services => new StateMachineClient<Order, Receipt>("PlaceOrder", services.GetRequiredService<WorkflowConnection>()));
builder.Services.AddStepFunctions();
builder.Services.AddHealthChecks().AddOrkestra();

var app = builder.Build();
app.MapHealthChecks("/health");
// AWS SDKs, the AWS CLI and the tool orkestra see the same orders.
app.MapStepFunctions("/stepfunctions");

// The order's id is the name of its execution: posting an order twice starts it once.
app.MapPost("/orders", async (Order order, StateMachineClient<Order, Receipt> orders) =>
{
    try
    {
        await orders.StartAsync(order, name: order.Id);
    }
    catch (ServiceException refusal) when (refusal.Code == "ExecutionAlreadyExists")
    {
        return Results.Conflict($"There is an order {order.Id} already.");
    }
    catch (ServiceException refusal) when (refusal.Code == "InvalidName")
    {
        return Results.BadRequest("An id has 1 to 80 letters, digits, '-' and '_'.");
    }

    return Results.Accepted($"/orders/{order.Id}");
});

app.MapGet("/orders/{id}", async (string id, StateMachineClient<Order, Receipt> orders, OrderTasks tasks) =>
{
    if (await orders.FindAsync(id) is not { } order) return Results.NotFound();
    var described = await order.DescribeAsync();
    return Results.Ok(new
    {
        Status = described.Status.ToString(),
        WaitsForApproval = described.Status == ExecutionStatus.Running && tasks.TokenOf(id) is not null,
        Receipt = described.Output,
        described.Error,
    });
});

app.MapPost("/orders/{id}/approve", (string id, string by, StateMachineClient<Order, Receipt> orders, OrderTasks tasks) => AnswerAsync(id, tasks, token => orders.CompleteTaskAsync(token, by)));
app.MapPost("/orders/{id}/reject", (string id, StateMachineClient<Order, Receipt> orders, OrderTasks tasks) => AnswerAsync(id, tasks, token => orders.FailTaskAsync(token, "Rejected")));

if (!isDemo)
{
    await app.RunAsync();
    return;
}

await app.StartAsync();
using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
(await http.PostAsJsonAsync("/orders", new Order("A-1", "lantern", 2, 25m))).EnsureSuccessStatusCode();
while (app.Services.GetRequiredService<OrderTasks>().TokenOf("A-1") is null) await Task.Delay(20);
(await http.PostAsync(new Uri("/orders/A-1/approve?by=Ada", UriKind.Relative), null)).EnsureSuccessStatusCode();
var paid = await (await app.Services.GetRequiredService<StateMachineClient<Order, Receipt>>().FindAsync("A-1"))!.WaitAsync();
Console.WriteLine($"Order {paid.OrderId}: {paid.Paid} paid, approved by {paid.ApprovedBy}");
await app.StopAsync();

static async Task<IResult> AnswerAsync(string id, OrderTasks tasks, Func<string, Task> answer)
{
    if (tasks.TokenOf(id) is not { } token) return Results.NotFound();
    try
    {
        await answer(token);
        return Results.NoContent();
    }
    catch (ServiceException refusal) when (refusal.Code is "TaskTimedOut" or "TaskDoesNotExist")
    {
        return Results.Conflict($"The order {id} does not wait for an answer any more.");
    }
}
