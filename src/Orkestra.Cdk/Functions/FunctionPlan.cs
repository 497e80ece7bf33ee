using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Functions;

/// <summary>What is asked for a step's function, from the most to the least special: its own props, the step's options, props for all functions, defaults.</summary>
internal static class FunctionPlan
{
    // A .NET function with less memory gets so little processor that its start takes seconds.
    const int DefaultMemory = 512;
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
    const int LeastMemory = 128;
    const int MostMemory = 10_240;
    const int DefaultTimeoutSeconds = 60;
    const int LongestTimeoutSeconds = 900;

    public static StepFunctionProps Of(IStep step, StepFunctionProps? own, StepFunctionProps? forAll)
    {
        var plan = StructCopy.Fill(own, new StepFunctionProps());
        plan.MemorySize ??= step.Memory;
        plan.Timeout ??= Timeout(step);
        plan.Description ??= step.Description;
        plan.Environment = Merged(own?.Environment, step.Environment, forAll?.Environment);
        StructCopy.Fill(forAll, plan);
        plan.MemorySize ??= DefaultMemory;
        // A number that CDK knows only at deployment is a token, which is negative.
        if (plan.MemorySize is >= 0 and (< LeastMemory or > MostMemory))
            throw new SynthesisException($"The function of the step '{step.Name}' has {plan.MemorySize} MB of memory, but Lambda takes {LeastMemory} to {MostMemory} MB: change Memory of the step or MemorySize of the function.");
        plan.Timeout ??= Duration.Seconds(DefaultTimeoutSeconds);
        plan.Tracing ??= plan.Observability == true ? Tracing.ACTIVE : null;
        plan.CurrentVersionOptions ??= new VersionOptions { RemovalPolicy = RemovalPolicy.RETAIN };
        return plan;
    }

    /// <summary>The props of the functions of all steps of a flow.</summary>
    public static StepFunctionProps ForAll(FlowProps props, Workflow? workflow)
    {
        var all = StructCopy.Fill(props.Functions, new StepFunctionProps());
        all.Observability ??= props.Observability ?? (workflow is { Observability: true } ? true : null);
        all.Description ??= workflow is null ? null : $"A step of {workflow.Name}";
        return all;
    }

    static Duration? Timeout(IStep step)
    {
        if (step.Timeout is not { } timeout) return null;
        return timeout.TotalSeconds <= LongestTimeoutSeconds
            ? Duration.Seconds(Math.Ceiling(timeout.TotalSeconds))
            : throw new SynthesisException($"The step '{step.Name}' has a timeout of {timeout}, but a function runs for at most 15 minutes: shorten it, or give the function a Timeout of its own.");
    }

    static Dictionary<string, string>? Merged(params IEnumerable<KeyValuePair<string, string>>?[] layers)
    {
        var merged = new Dictionary<string, string>();
        foreach (var layer in layers)
        {
            foreach (var (name, value) in layer ?? []) merged.TryAdd(name, value);
        }

        return merged.Count > 0 ? merged : null;
    }
}
