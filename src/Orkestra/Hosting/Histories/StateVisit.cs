namespace Orkestra.Hosting.Histories;

/// <summary>One visit to a state.</summary>
public sealed class StateVisit
{
    internal StateVisit(VisitScope scope, string name, DateTimeOffset started) => (Scope, Name, Started) = (scope, name, started);

    /// <summary>The graph the state is in.</summary>
    public VisitScope Scope { get; }

    /// <summary>The name of the state.</summary>
    public string Name { get; }

    /// <summary>When the state was entered, UTC.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Whether it does nothing but end a branch, which is not worth a line.</summary>
    public bool IsOnlyAnEnd { get; internal init; }

    /// <summary>Whether it is a Fail state, which is over with the execution.</summary>
    public bool IsFail { get; internal init; }

    /// <summary>When the state was left, UTC; null while it is under way.</summary>
    public DateTimeOffset? Ended { get; internal set; }

    /// <summary>How it is.</summary>
    public StateStatus Status { get; internal set; }

    /// <summary>How often its work was begun.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The last error, as the language names it, and its message; null for none.</summary>
    public (string Error, string Message)? Error { get; internal set; }

    /// <summary>The cause of the last error, as it was given; null for none.</summary>
    public string? Cause { get; internal set; }

    /// <summary>The branches or iterations inside.</summary>
    public IReadOnlyList<VisitScope> Scopes => Inner;

    /// <summary>How many states hold it.</summary>
    public int Depth => Scope.Owner is { } owner ? owner.Depth + 1 : 0;

    /// <summary>The last error with its message; empty for none.</summary>
    public string ErrorText => Error is not { } error ? "" : error.Message.Length == 0 ? error.Error : $"{error.Error}: {error.Message}";

    /// <summary>Whether its last attempt failed and no other was begun.</summary>
    internal bool IsFailing { get; set; }

    internal List<VisitScope> Inner { get; } = [];

    /// <summary>How long it took, or takes until now.</summary>
    /// <param name="now">The time, UTC.</param>
    public TimeSpan Took(DateTimeOffset now) => (Ended ?? now) - Started;
}
