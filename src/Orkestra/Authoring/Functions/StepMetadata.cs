using System.Collections.ObjectModel;

namespace Orkestra.Authoring.Functions;

/// <summary>What a step says about itself. It has no type parameters, so that a program that starts compiles the code that reads it once, and not for each pair of types.</summary>
/// <param name="inputType">The payload it takes.</param>
/// <param name="outputType">The payload it gives.</param>
internal sealed class StepMetadata(Type inputType, Type outputType)
{
    public Type InputType => inputType;

    public Type OutputType => outputType;

    /// <inheritdoc cref="IStep.Name"/>
    public string Name { get; set; } = "";

    /// <inheritdoc cref="IStep.Description"/>
    public string? Description { get; set; }

    /// <inheritdoc cref="IStep.Timeout"/>
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc cref="IStep.Heartbeat"/>
    public TimeSpan? Heartbeat { get; set; }

    /// <inheritdoc cref="IStep.Host"/>
    public StepHost Host { get; set; }

    /// <inheritdoc cref="IStep.Memory"/>
    public int? Memory { get; set; }

    /// <inheritdoc cref="IStep.Environment"/>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc cref="IStep.Retry"/>
    public RetryPolicy? Retry { get; set; }

    /// <inheritdoc cref="IStep.Throws"/>
    public IReadOnlyList<Type> Throws { get; set; } = [];

    /// <summary>What an AWS service wraps around the payload; null for nothing.</summary>
    public Envelope? Envelope { get; set; }

    public bool ReadsTolerantly { get; set; }

    public bool TakesContext { get; set; }

    public bool Validates { get; set; }

    /// <summary>Whether the step can reach services.</summary>
    public bool UsesServices => TakesContext || Validates;

    /// <inheritdoc cref="IStep.SourceFile"/>
    public string SourceFile { get; set; } = "";

    /// <inheritdoc cref="IStep.SourceLine"/>
    public int SourceLine { get; set; }

    /// <inheritdoc cref="IStep.RunsEachRecord"/>
    public bool RunsEachRecord => Envelope?.Each is not null;

    public bool OpensEnvelope => Envelope is not null;
}
