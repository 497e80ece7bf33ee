using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;

namespace Orkestra.Dashboard.Tests;

/// <summary>A workflow whose steps log: several lines at once, an address, something that looks like a page, an exception; and one that waits for the test.</summary>
public sealed partial class Delivery : Workflow<int, int>
{
    internal const string Hostile = "<script>window.hacked = 1</script> \u202Ereversed";

    static readonly Step<int, int> Weigh = new((kilos, context) =>
    {
        LogWeight(context.Logger, kilos);
        var scale = context.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Depot.Scale");
        LogText(scale, "See https://example.com/scales?a=1&b=2, or javascript:alert(1)\n  second line");
        LogText(context.Logger, Hostile);
        return kilos;
    });

    static readonly Step<int, int> Send = new((kilos, context) =>
    {
        if (context.Attempt == 1)
        {
            var problem = new TimeoutException("The carrier did not answer");
            LogFailure(context.Logger, problem);
            throw problem;
        }

        LogText(context.Logger, "Sent at the second attempt");
        return kilos;
    });

    static readonly Step<int, int> Arrive = new(async (kilos, context) =>
    {
        LogText(context.Logger, "Waits for the door");
        if (Door is { } door) await door.Task.WaitAsync(TimeSpan.FromSeconds(60), context.CancellationToken);
        LogText(context.Logger, "The door is open");
        return kilos;
    });

    /// <summary>What the last step waits for; null for nothing.</summary>
    internal static TaskCompletionSource? Door { get; set; }

    public override Flow<int, int> Define() => Weigh >> Send.Retry<TimeoutException>(interval: TimeSpan.FromSeconds(1)) >> Arrive;

    [LoggerMessage(Level = LogLevel.Information, Message = "Weighs {Kilos} kg")]
    static partial void LogWeight(ILogger logger, int kilos);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    static partial void LogText(ILogger logger, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "The carrier failed")]
    static partial void LogFailure(ILogger logger, Exception problem);
}
