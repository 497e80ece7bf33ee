using Orkestra.Authoring.Functions;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>A chain of steps as one step: one function, one state, the same errors. Each step still reads and writes JSON, so that nothing differs from separate functions.</summary>
internal sealed class FusedStep : IStep
{
    readonly IReadOnlyList<IStep> steps;
    readonly StepMetadata metadata;
    readonly StepFlowNode node;

    FusedStep(IReadOnlyList<IStep> steps, string name)
    {
        this.steps = steps;
        StepMetadata[] parts = [.. steps.Select(static step => step.Metadata)];
        var first = parts[0];
        metadata = new StepMetadata(first.InputType, parts[^1].OutputType)
        {
            Name = name,
            Description = Shortened(string.Join(", ", parts.Select(static part => part.Description ?? part.Name))),
            Timeout = first.Timeout is null ? null : parts.Aggregate(TimeSpan.Zero, static (sum, part) => sum + part.Timeout!.Value),
            Host = first.Host,
            Memory = parts.Max(static part => part.Memory),
            Environment = parts.SelectMany(static part => part.Environment).DistinctBy(static pair => pair.Key).ToDictionary(StringComparer.Ordinal),
            Throws = parts.All(static part => part.Throws.Count > 0) ? [.. parts.SelectMany(static part => part.Throws).Distinct()] : [],
            Envelope = first.Envelope,
            ReadsTolerantly = first.ReadsTolerantly,
            TakesContext = parts.Any(static part => part.TakesContext),
            Validates = parts.Any(static part => part.Validates),
            SourceFile = first.SourceFile,
            SourceLine = first.SourceLine,
        };
        node = new StepFlowNode(this);
    }

    public string Name => metadata.Name;

    static string Shortened(string description) => description.Length <= FunctionLimits.LongestDescription ? description : $"{description[..(FunctionLimits.LongestDescription - 1)]}…";

    public string? Description => metadata.Description;

    public TimeSpan? Timeout => metadata.Timeout;

    public TimeSpan? Heartbeat => metadata.Heartbeat;

    public Envelope? Envelope => metadata.Envelope;

    public StepHost Host => metadata.Host;

    public int? Memory => metadata.Memory;

    public IReadOnlyDictionary<string, string> Environment => metadata.Environment;

    public RetryPolicy? Retry => metadata.Retry;

    public IReadOnlyList<Type> Throws => metadata.Throws;

    public Type InputType => metadata.InputType;

    public Type OutputType => metadata.OutputType;

    public string SourceFile => metadata.SourceFile;

    public int SourceLine => metadata.SourceLine;

    FlowNode IFlow.Node => node;

    StepMetadata IStep.Metadata => metadata;

    bool IStep.RunsEachRecord => false;

    /// <summary>The steps of a chain as one.</summary>
    /// <exception cref="WorkflowException">The flow is no chain of steps, or its steps have settings that one function cannot have.</exception>
    public static FusedStep Of(FlowNode flow, string? name)
    {
        IReadOnlyList<FlowNode> parts = flow is SequenceFlowNode sequence ? [.. sequence.Flatten().Where(static part => part is not IdentityFlowNode)] : [flow];
        if (parts.FirstOrDefault(static part => part is not StepFlowNode) is { } other)
            throw new WorkflowException($"'{flow}' can't be fused, because '{other}' isn't a step: only a chain of steps runs in one function. Retries and catches go after .Fused().");
        IStep[] steps = [.. parts.Cast<StepFlowNode>().SelectMany(static part => part.Step is FusedStep fused ? fused.steps : [part.Step])];
        foreach (var step in steps)
        {
            if (step.Retry is not null) throw Misfit(step, "a Retry", "it would repeat all of them. Remove it, and retry the whole with .Fused().Retry(…)");
            if (step.Heartbeat is not null) throw Misfit(step, "a Heartbeat", "the function has no such limit for a part of it. Remove it");
            if (step.Metadata.RunsEachRecord || (step.Metadata.OpensEnvelope && step != steps[0])) throw Misfit(step, "an Envelope", "only the first step of the function gets what a service sends. Remove it");
            if (step.Host != steps[0].Host) throw new WorkflowException($"'{flow}' can't be fused, because only some of its steps run in a worker: give all of them the same Host.");
            if (step.Timeout is null != (steps[0].Timeout is null)) throw new WorkflowException($"'{flow}' can't be fused, because only some of its steps have a Timeout, whose sum would be that of the function: give all of them one, or none.");
        }

        foreach (var variable in steps.SelectMany(static step => step.Environment).GroupBy(static pair => pair.Key))
        {
            if (variable.Select(static pair => pair.Value).Distinct().Count() > 1)
                throw new WorkflowException($"'{flow}' can't be fused, because its steps set the environment variable '{variable.Key}' to different values: use one value, or two variables.");
        }

        return new FusedStep(steps, name ?? string.Concat(steps.Select(static step => step.Name)));

        WorkflowException Misfit(IStep step, string what, string why) => new($"'{flow}' can't be fused, because the step '{step.Name}' has {what}: {why}.");
    }

    public async ValueTask<JsonValue> InvokeAsync(JsonValue payload, PayloadSerializer serializer, StepContext context)
    {
        foreach (var step in steps) payload = await InvokeAsync(step, payload, serializer, context.ForPart(step.Name)).ConfigureAwait(false);
        return payload;
    }

    // Asynchronous, so that what a step leaves in the execution context (its culture, say) doesn't reach the next one.
    static async ValueTask<JsonValue> InvokeAsync(IStep step, JsonValue payload, PayloadSerializer serializer, StepContext context) =>
        await step.InvokeAsync(payload, serializer, context).ConfigureAwait(false);

    bool IStep.SameFunctionAs(IStep other) =>
        ReferenceEquals(this, other) || (other is FusedStep fused && fused.steps.Count == steps.Count && steps.Zip(fused.steps).All(static pair => pair.First.SameFunctionAs(pair.Second)));
}
