namespace Orkestra.Asl;

/// <summary>Ends the machine with failure (https://states-language.net/spec.html#fail-state).</summary>
public sealed record FailState : State
{
    /// <inheritdoc/>
    public override string Type => "Fail";

    /// <summary>The error's name, or a JSONata expression.</summary>
    public string? Error { get; init; }

    /// <summary>JSONPath: where the error's name is found, or an intrinsic function that gives it.</summary>
    public string? ErrorPath { get; init; }

    /// <summary>The error's description, or a JSONata expression.</summary>
    public string? Cause { get; init; }

    /// <summary>JSONPath: where the error's description is found, or an intrinsic function that gives it.</summary>
    public string? CausePath { get; init; }
}
