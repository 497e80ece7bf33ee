using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>A chain of steps as one step: one function, one state, the same errors. Each step still reads and writes JSON, so that nothing differs from separate functions.</summary>
internal sealed class FusedStep : IStep
{
    readonly IReadOnlyList<IStep> steps;
    readonly StepFlowNode node;

    FusedStep(IReadOnlyList<IStep> steps, string name)
    {
        this.steps = steps;
        Name = name;
        node = new StepFlowNode(this);
    }

    public string Name { get; }

    public string? Description => string.Join(", ", steps.Select(static step => step.Description ?? step.Name));

    public TimeSpan? Timeout => steps[0].Timeout is null ? null : steps.Aggregate(TimeSpan.Zero, static (sum, step) => sum + step.Timeout!.Value);

    public TimeSpan? Heartbeat => null;

    public StepHost Host => steps[0].Host;

    public int? Memory => steps.Max(static step => step.Memory);

    public IReadOnlyDictionary<string, string> Environment => steps.SelectMany(static step => step.Environment).DistinctBy(static pair => pair.Key).ToDictionary(StringComparer.Ordinal);

    public RetryPolicy? Retry => null;

    public IReadOnlyList<Type> Throws => steps.All(static step => step.Throws.Count > 0) ? [.. steps.SelectMany(static step => step.Throws).Distinct()] : [];

    public Type InputType => steps[0].InputType;

    public Type OutputType => steps[^1].OutputType;

    public string SourceFile => steps[0].SourceFile;

    public int SourceLine => steps[0].SourceLine;

    FlowNode IFlow.Node => node;

    bool IStep.TakesContext => steps.Any(static step => step.TakesContext);

    bool IStep.UsesServices => steps.Any(static step => step.UsesServices);

    bool IStep.RunsEachRecord => false;

    bool IStep.OpensEnvelope => steps[0].OpensEnvelope;

    bool IStep.ReadsTolerantly => steps[0].ReadsTolerantly;

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
            if (step.RunsEachRecord || (step.OpensEnvelope && step != steps[0])) throw Misfit(step, "an Envelope", "only the first step of the function gets what a service sends. Remove it");
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
        foreach (var step in steps) payload = await step.InvokeAsync(payload, serializer, context.ForPart(step.Name)).ConfigureAwait(false);
        return payload;
    }

    bool IStep.SameFunctionAs(IStep other) =>
        ReferenceEquals(this, other) || (other is FusedStep fused && fused.steps.Count == steps.Count && steps.Zip(fused.steps).All(static pair => pair.First.SameFunctionAs(pair.Second)));
}
