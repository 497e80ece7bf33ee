using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>A state whose work can fail, be retried and be caught: <see cref="TaskState"/>, <see cref="ParallelState"/> and <see cref="MapState"/>.</summary>
public abstract record FallibleState : State
{
    private protected FallibleState()
    {
    }

    /// <summary>JSONPath: a payload template over the result.</summary>
    public JsonValue? ResultSelector { get; init; }

    /// <summary>JSONPath: where in the input the result goes; it replaces the input when absent, and is discarded when null.</summary>
    public PathField ResultPath { get; init; }

    /// <summary>When to try again, first match wins.</summary>
    public EquatableList<Retrier> Retry { get; init; }

    /// <summary>Where to go when trying again did not help, first match wins.</summary>
    public EquatableList<Catcher> Catch { get; init; }
}
