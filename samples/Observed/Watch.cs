using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;

/// <summary>Logs, counts and traces: the same lines, numbers and spans here and in the cloud.</summary>
public sealed partial class Watch : Workflow<Nothing, int>
{
    static readonly Meter Meter = new("Watch");
    static readonly Counter<int> Readings = Meter.CreateCounter<int>("readings", unit: "Count");

    static readonly Step<Nothing, double[]> Measure = new((_, context) =>
    {
        double[] readings = [19.5, 21.0, 38.2];
        Measured(context.Logger, readings.Length);
        Readings.Add(readings.Length);
        Activity.Current?.SetTag("sensor", "attic");
        return readings;
    });

    static readonly Step<double[], int> CountAlarms = new((readings, context) =>
    {
        var alarms = readings.Count(reading => reading > 30);
        if (alarms > 0) TooWarm(context.Logger, alarms);
        return alarms;
    });

    // The one switch.
    public override bool Observability => true;

    public override Flow<Nothing, int> Define() => Measure >> CountAlarms;

    [LoggerMessage(Level = LogLevel.Information, Message = "Measured {Count} temperatures")]
    static partial void Measured(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Alarms} of them are too warm")]
    static partial void TooWarm(ILogger logger, int alarms);
}
