using System.ComponentModel;
using System.Text.Json.Serialization;
using Orkestra.Authoring;

namespace Orkestra.Dashboard.Tests;

[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    Approved,
    Rejected,
}

/// <summary>What the manager replies to <see cref="Purchase"/>.</summary>
public sealed record Decision(
    [property: Description("What to do with the request")] Verdict Verdict,
    int Limit,
    string? Reason = null);

/// <summary>A workflow in C# that waits for a reply of a known type.</summary>
public sealed class Purchase : Workflow<int, string>
{
    static readonly Step<int, bool> AskManager = new((amount, context) => context.TaskToken is { Length: > 0 } && amount > 0);
    static readonly Step<Decision, string> Tell = new(decision => $"{decision.Verdict} up to {decision.Limit}: {decision.Reason ?? "no reason"}");

    public override Flow<int, string> Define() => AskManager.WaitForCallback<Decision>(timeout: TimeSpan.FromDays(3), heartbeat: TimeSpan.FromDays(1)) >> Tell;
}
