namespace Orkestra.Authoring.Compilation;

/// <summary>States that belong together: where they are entered and where they are left.</summary>
/// <param name="Entry">The name of the first state; null when there is no state at all, so that the payload passes as it is.</param>
/// <param name="Exits">The places where the fragment is left; none when it never is.</param>
/// <param name="Draft">The state, when there is only one.</param>
internal sealed record Fragment(string? Entry, IReadOnlyList<Exit> Exits, StateDraft? Draft = null)
{
    public static readonly Fragment Empty = new(null, []);

    public static Fragment Of(StateDraft draft) => new(draft.Name, [draft.Exit()], draft);
}

/// <summary>A place where a fragment of a graph is left.</summary>
/// <param name="Continue">Leads it to a state.</param>
/// <param name="End">Ends the graph there; null where the language requires a state to go to.</param>
/// <param name="Name">What to call the state that has to be added in that case.</param>
/// <param name="Draft">The state whose success leads there; null for other ways out.</param>
internal sealed record Exit(Action<string> Continue, Action? End, string Name, StateDraft? Draft = null);
