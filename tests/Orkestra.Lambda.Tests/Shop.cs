using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;

namespace Orkestra.Lambda.Tests;

internal sealed record Product(string Name, decimal? Price);

internal sealed class OutOfStockException(string message, Exception? inner = null) : Exception(message, inner);

internal sealed class Greeter(string greeting) : IStepHandler<string, string>
{
    public Task<string> HandleAsync(string input, StepContext context)
    {
        context.Logger.LogInformation("Greeting {Who}", input);
        return Task.FromResult($"{greeting}, {input}");
    }
}

/// <summary>A workflow whose steps do one thing each that a function must be able to do.</summary>
internal sealed class Shop : Workflow<Product, string>
{
    static readonly Meter Meter = new("Shop");
    static readonly Counter<int> Sales = Meter.CreateCounter<int>("Sales", "{sale}");
    static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("Duration", "ms");

    public static readonly Step<Product, Product> AddTax = new(item => item with { Price = item.Price * 1.10m });
    public static readonly Step<Product, string> FailSale = new(item => throw new OutOfStockException($"no {item.Name} left"));
    public static readonly Step<string, string> Greet = Step.Handled<Greeter, string, string>();

    public static readonly Step<string, string> TellContext = new((text, context) =>
        $"{context.StepName} {context.Attempt} {context.ExecutionId} {context.IdempotencyKey} {context.RemainingTime > TimeSpan.Zero}");

    public static readonly Step<string, string> Sell = new((what, context) =>
    {
        Sales.Add(1, new KeyValuePair<string, object?>("kind", what));
        Sales.Add(2, new KeyValuePair<string, object?>("kind", what));
        Duration.Record(1.5);
        Duration.Record(2.5);
        using (context.Logger.BeginScope(new Dictionary<string, object?> { ["order"] = 7, ["message"] = "mine" }))
        using (context.Logger.BeginScope("plain"))
            context.Logger.LogDebug("Sold {What} for {@Product}", what, new Product("moth", 1.10m));
        return what;
    });

    public override Flow<Product, string> Define() => AddTax >> FailSale >> Greet >> TellContext >> Sell;
}
