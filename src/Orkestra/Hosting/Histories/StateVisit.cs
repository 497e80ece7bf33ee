namespace Orkestra.Hosting.Histories;

/// <summary>One visit to a state.</summary>
internal sealed class StateVisit(VisitScope scope, string name, DateTimeOffset started)
{
    public VisitScope Scope { get; } = scope;

    public string Name { get; } = name;

    public DateTimeOffset Started { get; } = started;

    /// <summary>Whether it does nothing but end a branch, which is not worth a line.</summary>
    public bool IsOnlyAnEnd { get; init; }

    /// <summary>Whether it is a Fail state, which is over with the execution.</summary>
    public bool IsFail { get; init; }

    public DateTimeOffset? Ended { get; set; }

    public StateStatus Status { get; set; }

    /// <summary>How often its work was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>The last error, as the language names it, and its message.</summary>
    public (string Error, string Message)? Error { get; set; }

    /// <summary>The cause of the last error, as it was given; null for none.</summary>
    public string? Cause { get; set; }

    /// <summary>Whether its last attempt failed and no other was begun.</summary>
    public bool IsFailing { get; set; }

    /// <summary>The branches or iterations inside.</summary>
    public List<VisitScope> Scopes { get; } = [];

    public int Depth => Scope.Owner is { } owner ? owner.Depth + 1 : 0;

    public TimeSpan Took(DateTimeOffset now) => (Ended ?? now) - Started;

    public string ErrorText => Error is not { } error ? "" : error.Message.Length == 0 ? error.Error : $"{error.Error}: {error.Message}";
}
