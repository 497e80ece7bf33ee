namespace Orkestra.Hosting.Histories;

/// <summary>The visits of one graph: of the machine, of the branches of a Parallel or of an iteration of a Map.</summary>
internal sealed class VisitScope(StateVisit? owner, int? iteration)
{
    public StateVisit? Owner { get; } = owner;

    /// <summary>The index of the iteration; null for anything else.</summary>
    public int? Iteration { get; } = iteration;

    public List<StateVisit> Visits { get; } = [];
}
