using Orkestra._1;
using Orkestra.Client;
using Orkestra.Dashboard;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Sqlite;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddOrkestra(orkestra =>
{
    // Orders that are not finished go on when the app starts again. To run them on AWS instead, this line becomes: orkestra.UseAws();
    orkestra.UseSqlite(builder.Configuration["Orkestra:Data"] ?? "orders.db");
    orkestra.AddWorkflow<PlaceOrder>();
});
builder.Services.AddHealthChecks().AddOrkestra();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapOrkestra("/orkestra");

// The order's id is the name of its execution: posting an order twice starts it once.
app.MapPost("/orders", async (Order order, IWorkflowClient<PlaceOrder> orders) =>
{
    try
    {
        await orders.StartAsync(order, name: order.Id);
        return Results.Accepted($"/orders/{order.Id}");
    }
    catch (ServiceException refusal) when (refusal.Code == "ExecutionAlreadyExists")
    {
        return Results.Conflict($"There is another order {order.Id} already.");
    }
});

app.MapGet("/orders/{id}", async (string id, IWorkflowClient<PlaceOrder> orders) =>
{
    if (await orders.FindAsync(id) is not { } order) return Results.NotFound();
    var described = await order.DescribeAsync();
    return Results.Ok(new OrderStatus(described.Status.ToString(), described.Output, described.Error));
});

app.Run();

public sealed record OrderStatus(string Status, Parcel? Parcel, string? Error);
