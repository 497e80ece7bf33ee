using System.Diagnostics;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Lambda;

/// <summary>A published function, with the times of its starts and of its warm calls.</summary>
sealed record FunctionCandidate(string Name, string Program, params (string, string)[] Environment)
{
    const int WarmCalls = 200;

    readonly List<double> _first = [];
    readonly List<double> _warm = [];

    public string Step { get; init; } = "AddPrice";

    public string Payload { get; init; } = """{"name":"moth","price":1.10}""";

    public double FirstAnswerMs => Median(_first);

    public double LeastFirstAnswerMs => _first.Min();

    public double WarmUs => Median(_warm);

    /// <summary>Starts the function once; the request waits when the process comes up, as it does in Lambda.</summary>
    public async Task MeasureAsync(bool keep)
    {
        var emulator = new RuntimeApiEmulator();
        var first = emulator.InvokeAsync(Payload);
        await using var function = FunctionProcess.Start(Program, Step, emulator, Environment);
        var answer = await first.WaitAsync(TimeSpan.FromSeconds(30));
        if (answer.IsError) throw new InvalidOperationException($"{Name}: {answer.Body}");
        if (!keep) return;
        _first.Add(Stopwatch.GetElapsedTime(function.StartedAt, answer.At).TotalMilliseconds);
        for (var call = 0; call < WarmCalls; call++)
        {
            var at = Stopwatch.GetTimestamp();
            answer = await emulator.InvokeAsync(Payload);
            if (call >= WarmCalls / 2) _warm.Add(Stopwatch.GetElapsedTime(at, answer.At).TotalMicroseconds);
        }
    }

    /// <summary>What is printed of it.</summary>
    public Dictionary<string, object> Row(string bench) => new()
    {
        ["bench"] = bench,
        ["program"] = Name,
        ["starts"] = _first.Count,
        ["firstAnswerMs"] = FirstAnswerMs,
        ["firstAnswerMinMs"] = Math.Round(_first.Min(), 2),
        ["warmUs"] = WarmUs,
        ["bytes"] = new FileInfo(Program).Length,
    };

    static double Median(List<double> values)
    {
        double[] ordered = [.. values.Order()];
        var middle = ordered.Length / 2;
        return Math.Round(ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2, 2);
    }
}
