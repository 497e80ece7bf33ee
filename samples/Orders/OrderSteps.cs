using Orkestra.Authoring;

/// <summary>Steps that several samples deploy, each in its own way.</summary>
public static class OrderSteps
{
    public static readonly Step<Order, PricedOrder> Price = new(order => new PricedOrder(order.Id, order.Quantity * 12.50m)) { Description = "Looks up what an order costs" };

    public static readonly Step<PricedOrder, Receipt> Charge = new(order => new Receipt(order.Id, order.Total))
    {
        Timeout = TimeSpan.FromSeconds(10),
        Retry = new RetryPolicy { MaxAttempts = 2 },
    };

    public static readonly Step<Receipt, string> Thank = new(receipt => $"Thank you for order {receipt.OrderId}");

    public static readonly Step<object?, ReportRequest> PlanReport = new(_ => new ReportRequest("2030-01"));

    public static readonly Step<ReportJob, string> FileReport = new(job => $"report of job {job.JobId} filed");

    public static readonly Step<HttpRequest, HttpResponse> ShowOrder = new(request => request.PathParameters?.GetValueOrDefault("id") switch
    {
        null or "" => HttpResponse.Json(400, new() { ["message"] = "Which order?" }),
        var id => HttpResponse.Json(200, new() { ["id"] = id, ["state"] = "shipped" }),
    });
}
