using System.Text.Json.Serialization;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Datasets;

/// <summary>
/// How one child execution of a distributed Map ended: an item of the files that <see cref="DatasetMap{TIn, TOut}.WriteTo"/> writes with <see cref="ResultContent.Executions"/>, which another Map can
/// read by <see cref="S3Items.Json"/>.
/// </summary>
/// <typeparam name="TIn">What it was given: an item or a batch.</typeparam>
/// <typeparam name="TOut">What it gave.</typeparam>
public sealed record ChildExecution<TIn, TOut>
{
    /// <summary>Its ARN.</summary>
    [JsonPropertyName("ExecutionArn")]
    public string ExecutionArn { get; init; } = "";

    /// <summary>Its name.</summary>
    [JsonPropertyName("Name")]
    public string Name { get; init; } = "";

    /// <summary><c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c>, <c>ABORTED</c> or <c>PENDING</c>.</summary>
    [JsonPropertyName("Status")]
    public string Status { get; init; } = "";

    /// <summary>What it was given, as JSON text.</summary>
    [JsonPropertyName("Input")]
    public string Input { get; init; } = "";

    /// <summary>What it gave, as JSON text; null unless it succeeded.</summary>
    [JsonPropertyName("Output")]
    public string? Output { get; init; }

    /// <summary>The error's name; null without one.</summary>
    [JsonPropertyName("Error")]
    public string? Error { get; init; }

    /// <summary>The error's cause; null without one.</summary>
    [JsonPropertyName("Cause")]
    public string? Cause { get; init; }

    /// <summary>What it was given.</summary>
    /// <param name="serializer">How payloads are read; as in a workflow without options of its own when null.</param>
    /// <exception cref="PayloadException">The text does not fit <typeparamref name="TIn"/>.</exception>
    public TIn ReadInput(PayloadSerializer? serializer = null) => (serializer ?? PayloadSerializer.Default).Deserialize<TIn>(JsonValue.Parse(Input));

    /// <summary>What it gave.</summary>
    /// <param name="serializer">How payloads are read; as in a workflow without options of its own when null.</param>
    /// <exception cref="PayloadException">The text does not fit <typeparamref name="TOut"/>.</exception>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public TOut ReadOutput(PayloadSerializer? serializer = null) =>
        Output is { } output
            ? (serializer ?? PayloadSerializer.Default).Deserialize<TOut>(JsonValue.Parse(output))
            : throw new InvalidOperationException($"The child execution {Name} ended as {Status} ({Error}) and has no output.");
}
