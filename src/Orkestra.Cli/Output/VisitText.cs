using System.Globalization;
using Orkestra.CommandLine.Progress;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Cli.Output;

/// <summary>A visit to a state, for a person and for programs.</summary>
internal static class VisitText
{
    /// <summary>A line, indented below the state that contains it.</summary>
    internal static string Line(StateVisit visit)
    {
        var text = $"{new string(' ', 2 * (visit.Depth + 1))}{visit.Name}";
        if (visit.Scope.Iteration is { } iteration) text += string.Create(CultureInfo.InvariantCulture, $" [{iteration}]");
        text += $"  {(visit.Ended is { } ended ? Duration.Text(ended - visit.Started) : "not left")}";
        if (visit.Attempts > 1) text += string.Create(CultureInfo.InvariantCulture, $"  {visit.Attempts} attempts");
        if (visit.Error is not null) text += visit.Status == StateStatus.Caught ? $"  caught {visit.ErrorText}" : $"  {visit.ErrorText}";
        else if (visit.Status == StateStatus.Aborted) text += "  stopped";
        else if (visit.Status == StateStatus.TimedOut) text += "  timed out";
        return text;
    }

    internal static JsonObject ToJson(StateVisit visit)
    {
        var json = new JsonObject.Builder(9).Set("name", visit.Name).Set("depth", visit.Depth).Set("status", visit.Status.ToString().ToUpperInvariant()).Set("entered", Seconds(visit.Started));
        if (visit.Scope.Iteration is { } iteration) json.Set("iteration", iteration);
        if (visit.Ended is { } ended) json.Set("left", Seconds(ended));
        if (visit.Attempts > 0) json.Set("attempts", visit.Attempts);
        if (visit.Error is { } error) json.Set("error", error.Error).Set("cause", error.Message);
        return json.Build();
    }

    static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
