namespace Orkestra.Asl;

/// <summary>Ends the graph with success (https://states-language.net/spec.html#succeed-state).</summary>
public sealed record SucceedState : State
{
    /// <inheritdoc/>
    public override string Type => "Succeed";
}
