namespace Orkestra.Hosting.Histories;

/// <summary>The visits of one graph: of the machine, of the branches of a Parallel or of an iteration of a Map.</summary>
public sealed class VisitScope
{
    internal VisitScope(StateVisit? owner, int? iteration) => (Owner, Iteration) = (owner, iteration);

    /// <summary>The visit to the Parallel or the Map; null for the machine.</summary>
    public StateVisit? Owner { get; }

    /// <summary>The index of the iteration; null for anything else.</summary>
    public int? Iteration { get; }

    /// <summary>The visits, in the order in which they began.</summary>
    public IReadOnlyList<StateVisit> Visits => Inner;

    internal List<StateVisit> Inner { get; } = [];
}
