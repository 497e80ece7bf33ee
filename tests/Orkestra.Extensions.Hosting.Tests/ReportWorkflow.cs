using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>The input of <see cref="Report"/>.</summary>
public sealed record ReportRequest(DateOnly Day);

/// <summary>Writes its day down, waits for the gate, and fails on the days that are bad.</summary>
public sealed class Report : Workflow<ReportRequest, string>
{
    static readonly Step<ReportRequest, string> Write = new(async (request, context) =>
    {
        var book = context.Services.GetRequiredService<ReportBook>();
        book.Begin(request.Day);
        try
        {
            if (book.WaitsForGate) await context.Services.GetRequiredService<Gate>().PassAsync(context.CancellationToken);
            return book.IsBad(request.Day) ? throw new InvalidOperationException($"There are no figures of {request.Day:yyyy-MM-dd}") : $"Report of {request.Day:yyyy-MM-dd}";
        }
        finally
        {
            book.End();
        }
    });

    public override Flow<ReportRequest, string> Define() => Write;
}

/// <summary>What reports were written, and how many at the same time.</summary>
public sealed class ReportBook
{
    readonly ConcurrentDictionary<DateOnly, bool> bad = [];
    int current;
    int most;

    public ConcurrentQueue<DateOnly> Days { get; } = [];

    public bool WaitsForGate { get; set; }

    public int Most => most;

    public bool IsBad(DateOnly day) => bad.ContainsKey(day);

    public void Spoil(DateOnly day) => bad[day] = true;

    public void Mend() => bad.Clear();

    public void Begin(DateOnly day)
    {
        Days.Enqueue(day);
        var now = Interlocked.Increment(ref current);
        lock (bad) most = Math.Max(most, now);
    }

    public void End() => Interlocked.Decrement(ref current);
}
