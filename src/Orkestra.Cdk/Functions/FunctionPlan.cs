using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Orkestra.Authoring;
using Orkestra.Authoring.Functions;
using Orkestra.Deployment;

namespace Orkestra.Cdk.Functions;

/// <summary>What is asked for a step's function, from the most to the least special: its own props, the step's options, props for all functions, defaults.</summary>
internal static class FunctionPlan
{
    public static StepFunctionProps Of(IStep step, StepFunctionProps? own, StepFunctionProps? forAll)
    {
        var plan = StructCopy.Fill(own, new StepFunctionProps());
        plan.MemorySize ??= step.Memory;
        plan.Timeout ??= Refusals.Of(() => FunctionDefaults.SecondsOf(step.Name, step.Timeout)) is { } seconds ? Duration.Seconds(seconds) : null;
        plan.Description ??= step.Description;
        plan.Environment = Merged(own?.Environment, step.Environment, forAll?.Environment);
        StructCopy.Fill(forAll, plan);
        plan.MemorySize ??= FunctionDefaults.Memory;
        // A number that CDK knows only at deployment is a token, which is negative.
        if (plan.MemorySize is >= 0 and { } memory) Refusals.Of(() => FunctionDefaults.CheckMemory(step.Name, memory));
        if (plan.Timeout is { } timeout && !timeout.IsUnresolved()) Refusals.Of(() => FunctionDefaults.CheckTimeout(step.Name, timeout.ToSeconds()));
        plan.Timeout ??= Duration.Seconds(FunctionDefaults.TimeoutSeconds);
        CheckEnvironment(step.Name, plan.Environment);
        plan.Tracing ??= plan.Observability == true ? Tracing.ACTIVE : null;
        plan.CurrentVersionOptions ??= new VersionOptions { RemovalPolicy = RemovalPolicy.RETAIN };
        return plan;
    }

    // What CDK knows only at deployment has another size there.
    static void CheckEnvironment(string step, IDictionary<string, string>? variables)
    {
        if (variables is null) return;
        if (variables.ContainsKey(FunctionDefaults.StepVariable))
            throw new SynthesisException($"The step '{step}' sets the environment variable '{FunctionDefaults.StepVariable}', by which its function knows its step: remove it.");
        var known = variables.Select(static pair => Token.IsUnresolved(pair.Value) ? new(pair.Key, "") : pair);
        if (FunctionEnvironment.FindProblem(step, known) is { } problem) throw new SynthesisException(problem);
    }

    /// <summary>The props of the functions of all steps of a flow.</summary>
    /// <exception cref="SynthesisException">They have a name, which only one function can have.</exception>
    public static StepFunctionProps ForAll(FlowProps props, Workflow? workflow)
    {
        if (props.Functions?.FunctionName is { } name)
            throw new SynthesisException($"Functions has the FunctionName '{name}', but each step has a function of its own: leave it out, or set FunctionFor = step => new StepFunctionProps {{ FunctionName = $\"{name}-{{step.Name}}\" }}.");
        var all = StructCopy.Fill(props.Functions, new StepFunctionProps());
        all.Observability ??= props.Observability ?? (workflow is { Observability: true } ? true : null);
        all.Description ??= workflow is null ? null : FunctionDefaults.DescriptionOf(workflow.Name);
        return all;
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
