namespace Orkestra.Authoring;

/// <summary>What a runner knows about a call and computes only when the step asks.</summary>
internal interface ICallFacts
{
    string ExecutionId { get; }

    string IdempotencyKey { get; }

    CancellationToken CancellationToken { get; }
}
