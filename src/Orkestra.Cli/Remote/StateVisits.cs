using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Remote;

/// <summary>The visits to states in a history.</summary>
internal static class StateVisits
{
    /// <summary>The visits, in the order in which they began. States in branches and iterations stand deeper than the state that contains them.</summary>
    internal static IReadOnlyList<StateVisitRow> Of(IReadOnlyList<JsonValue> events)
    {
        var visits = new List<StateVisitRow>();
        // Which visit an event belongs to follows from the event before it.
        var owner = new Dictionary<int, StateVisitRow>();
        foreach (var happened in events)
        {
            var id = Number(happened["id"]);
            var type = EndpointClient.Text(happened, "type");
            var current = owner.GetValueOrDefault(Number(happened["previousEventId"]));
            if (type.EndsWith("StateEntered", StringComparison.Ordinal))
            {
                var container = current is { IsOver: true } ? current.Parent : current;
                current = new StateVisitRow(EndpointClient.Text(happened["stateEnteredEventDetails"]!, "name"), Seconds(happened), container);
                visits.Add(current);
            }
            else if (current is not null && type.EndsWith("StateExited", StringComparison.Ordinal))
            {
                // A branch joins its container, which is what is left.
                var name = EndpointClient.Text(happened["stateExitedEventDetails"]!, "name");
                while (current is not null && (current.Name != name || current.IsOver)) current = current.Parent;
                current?.End(Seconds(happened));
            }
            else if (current is not null && Details(happened) is { } details && (details["error"] is not null || details["cause"] is not null) && !type.StartsWith("Execution", StringComparison.Ordinal))
            {
                current.Fail(EndpointClient.Text(details, "error"), EndpointClient.Text(details, "cause"));
            }

            if (current is not null) owner[id] = current;
        }

        return visits;
    }

    static JsonValue? Details(JsonValue happened) => ((JsonObject)happened).FirstOrDefault(member => member.Key.EndsWith("EventDetails", StringComparison.Ordinal)).Value;

    static int Number(JsonValue? value) => value is JsonNumber number ? (int)number.Value : 0;

    static double Seconds(JsonValue happened) => (happened["timestamp"] as JsonNumber)?.Value ?? 0;
}

/// <summary>A visit to a state.</summary>
internal sealed class StateVisitRow(string name, double entered, StateVisitRow? parent)
{
    double? left;
    string? error;
    string? cause;
    int failures;

    internal string Name => name;

    internal StateVisitRow? Parent => parent;

    internal bool IsOver => left is not null;

    internal void End(double at) => left = at;

    internal void Fail(string with, string because)
    {
        failures++;
        (error, cause) = (with, because);
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject.Builder(6).Set("name", name).Set("depth", Depth).Set("entered", entered);
        if (left is { } end) json.Set("left", end);
        if (failures > 0) json.Set("failedAttempts", failures).Set("error", error!).Set("cause", cause!);
        return json.Build();
    }

    public override string ToString()
    {
        var time = left is { } end ? string.Create(CultureInfo.InvariantCulture, $"{(end - entered) * 1000:0} ms") : "not left";
        var failed = failures == 0 ? "" : $"  {failures} failed {(failures == 1 ? "attempt" : "attempts")}: {error}{(cause is { Length: > 0 } ? $": {cause}" : "")}";
        return $"{new string(' ', 2 * (Depth + 1))}{name}  {time}{failed}";
    }

    int Depth => parent is null ? 0 : parent.Depth + 1;
}
