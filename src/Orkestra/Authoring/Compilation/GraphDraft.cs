using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>The states of one graph in the order they are to be read.</summary>
internal sealed class GraphDraft(StateNames names)
{
    readonly List<StateDraft> states = [];

    public StateNames Names { get; } = names;

    public StateDraft Add(string name, State state)
    {
        var draft = new StateDraft(name, state);
        states.Add(draft);
        return draft;
    }

    public StateDraft Find(string name) => states.First(state => state.Name == name);

    /// <summary>Ends the graph at a fragment's exits.</summary>
    public void End(Fragment fragment)
    {
        foreach (var exit in fragment.Exits)
        {
            if (exit.End is { } end)
            {
                end();
            }
            else
            {
                var name = Names.Unique(exit.Name.EndsWith("failed", StringComparison.Ordinal) ? exit.Name : $"{exit.Name} done");
                Add(name, new SucceedState());
                exit.Continue(name);
            }
        }
    }

    public EquatableMap<State> Finish() => new(states.Select(state => KeyValuePair.Create(state.Name, state.Finished)));
}
