namespace Orkestra.Lambda.Metrics;

/// <summary>CloudWatch's name for an instrument's unit, which .NET and OpenTelemetry write by the Unified Code for Units of Measure.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html</remarks>
internal static class CloudWatchUnit
{
    static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits",
        "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second",
        "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
    };

    public static string Of(string? unit) => unit switch
    {
        null or "" or "1" => "Count",
        "s" => "Seconds",
        "ms" => "Milliseconds",
        "us" or "µs" or "μs" => "Microseconds",
        "By" => "Bytes",
        "kBy" or "KBy" or "KiBy" => "Kilobytes",
        "MBy" or "MiBy" => "Megabytes",
        "GBy" or "GiBy" => "Gigabytes",
        "TBy" or "TiBy" => "Terabytes",
        "bit" => "Bits",
        "kbit" => "Kilobits",
        "Mbit" => "Megabits",
        "Gbit" => "Gigabits",
        "Tbit" => "Terabits",
        "%" => "Percent",
        "By/s" => "Bytes/Second",
        "bit/s" => "Bits/Second",
        "1/s" or "/s" => "Count/Second",
        _ when Own.Contains(unit) => unit,
        _ when unit.StartsWith('{') && unit.EndsWith("}/s", StringComparison.Ordinal) => "Count/Second",
        _ when unit.StartsWith('{') && unit.EndsWith('}') => "Count",
        _ => "None",
    };
}
