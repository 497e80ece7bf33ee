using Orkestra.Authoring.Functions;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>A step without its types, for code that deploys and runs steps. In the cloud, a step is one function.</summary>
public interface IStep : IFlow
{
    /// <summary>The step's name, which is the identity of its function: the name of the field it is assigned to, or an explicit one.</summary>
    string Name { get; }

    /// <summary>The name of its function, which a document names as a substitution: the step's name without spaces and hyphens, as a substitution cannot have them.</summary>
    string FunctionName => Metadata.Name.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>A text for people, or null.</summary>
    string? Description { get; }

    /// <summary>How long one try may take, in whole seconds, or null for the language's own limit.</summary>
    TimeSpan? Timeout { get; }

    /// <summary>How long a step in a worker may stay silent, in whole seconds, or null for no limit. A step that runs in a Lambda function can't have one.</summary>
    TimeSpan? Heartbeat { get; }

    /// <summary>Where the step runs when its workflow is deployed.</summary>
    StepHost Host { get; }

    /// <summary>The memory of the function in MiB, or null for the deployment's default.</summary>
    int? Memory { get; }

    /// <summary>Environment variables of the function.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>When the step is tried again on errors of its own, or null for never.</summary>
    RetryPolicy? Retry { get; }

    /// <summary>
    /// The exceptions that the step declares to throw, with those derived from them; empty, the default, when it declares nothing. The analyzers warn about a catch or a retry of an exception that it can't throw.
    /// </summary>
    IReadOnlyList<Type> Throws { get; }

    /// <summary>The payload it takes.</summary>
    Type InputType { get; }

    /// <summary>The payload it gives.</summary>
    Type OutputType { get; }

    /// <summary>The source file the step is defined in, as the compiler saw it.</summary>
    string SourceFile { get; }

    /// <summary>The line of <see cref="SourceFile"/>, counted from 1.</summary>
    int SourceLine { get; }

    /// <summary>Runs the step on a payload.</summary>
    /// <exception cref="PayloadException">The payload does not fit <see cref="InputType"/>, or the result has no JSON form.</exception>
    /// <exception cref="Exception">Whatever the step throws.</exception>
    ValueTask<JsonValue> InvokeAsync(JsonValue payload, PayloadSerializer serializer, StepContext context);

    /// <summary>All that the step says about itself.</summary>
    internal StepMetadata Metadata { get; }

    /// <summary>Whether the step runs once for each record of an event and answers with those that failed (<c>EachRecord</c>), so that it is a function by itself and no part of a workflow.</summary>
    bool RunsEachRecord { get; }

    /// <summary>What a service wraps around the payload when it calls the function directly; null when the payload comes as it is.</summary>
    Envelope? Envelope { get; }

    /// <summary>Whether both run the same code, as one step does that several workflows use.</summary>
    /// <param name="other">The other one.</param>
    bool SameFunctionAs(IStep other);
}
