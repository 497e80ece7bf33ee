namespace Orkestra.Asl;

/// <summary>States that refer to each other by name, and where to begin: a machine, a branch of a Parallel or the processor of a Map.</summary>
public abstract record StateGraph : AslElement
{
    private protected StateGraph()
    {
    }

    /// <summary>A text for people.</summary>
    public string? Comment { get; init; }

    /// <summary>The name of the first state. The language requires it; null when a document lacks it.</summary>
    public string? StartAt { get; init; }

    /// <summary>The states by name, in the order they are written.</summary>
    public EquatableMap<State> States { get; init; }
}
