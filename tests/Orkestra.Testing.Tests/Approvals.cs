using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Testing.Tests;

sealed record Decision(bool IsApproved, string By);

/// <summary>Asks for a decision without a timeout.</summary>
sealed class Approvals : Workflow<Order, string>
{
    public static readonly Step<Order, Nothing> AskManager = new((_, context) => context.TaskToken!.Length > 0 ? default(Nothing) : throw new InvalidOperationException("There is no token to send."));
    public static readonly Step<Decision, string> Report = new(decision => $"{decision.IsApproved} by {decision.By}");

    public override Flow<Order, string> Define() => AskManager.WaitForCallback<Decision>() >> Report;

    protected override JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerOptions.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}

/// <summary>Asks for a decision and goes on without one after a day.</summary>
sealed class PatientApprovals : Workflow<Order, string>
{
    public override Flow<Order, string> Define() =>
        Approvals.AskManager.WaitForCallback<Decision>(timeout: TimeSpan.FromDays(1)).Catch<TimeoutException>((order, _) => new Decision(false, order.Id)) >> Approvals.Report;
}

/// <summary>Makes what it is asked for.</summary>
sealed class Workshop : Workflow<Order, string>
{
    public static readonly Step<Order, Decision> Make = new(order => new Decision(true, order.Id));
    public static readonly Step<Decision, string> Read = new(decision => decision.By);

    public override Flow<Order, string> Define() => Make >> Read;
}

/// <summary>Runs two steps in one function.</summary>
sealed class FusedWorkshop : Workflow<Order, string>
{
    public override Flow<Order, string> Define() => (Workshop.Make >> Workshop.Read).Fused("MakeAndRead");
}

/// <summary>Starts another workflow.</summary>
sealed class Orders : Workflow<Order, string>
{
    public static readonly Step<string, string> Send = new(text => $"{text} is sent");

    public override Flow<Order, string> Define() => new Workshop().AsStep() >> Send;
}
