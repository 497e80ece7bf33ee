using Orkestra.Authoring;
using Orkestra.Hosting;
using Orkestra.Testing;
using Orkestra.Validation;

namespace Orkestra.Comparison.Trying;

/// <summary>Tries mistakes in the order process of the samples.</summary>
internal sealed class OrkestraTrial
{
    static readonly string[] Files = [.. ((string[])["CustomerOrder.cs", "OrderProcess.cs", "Shipping.cs", "Outside.cs"]).Select(static file => Path.Combine("samples", "OrdersProcess", file))];

    readonly Dictionary<string, Ending> right = [];

    /// <summary>How a run of the program without a mistake ends.</summary>
    public async Task<Ending> RightAsync(string input)
    {
        if (right.TryGetValue(input, out var known)) return known;
        var (refusal, ending) = await OfAsync([], input);
        return right[input] = ending ?? throw new InvalidOperationException($"Without a mistake it is refused: {refusal!.Text}");
    }

    public async Task<Outcome> TryAsync(Attempt attempt, string input)
    {
        var (refused, ending) = await OfAsync(attempt.Edits, input);
        return refused ?? ending!.Beside(await RightAsync(input));
    }

    static async Task<(Outcome? Refusal, Ending? Ending)> OfAsync(Edit[] edits, string input)
    {
        var (assembly, refusal) = await Programs.CompileAsync(Edits.CSharp(Edits.Apply(Files, edits)), analyzed: true);
        if (assembly is null) return (refusal, null);
        var workflow = (Workflow)Activator.CreateInstance(assembly.GetType("OrderProcess", throwOnError: true)!)!;
        WorkflowTest test;
        try
        {
            if (StateMachineValidator.Validate(workflow.Compile().Document).Diagnostics.FirstOrDefault(static problem => problem.IsError) is { } problem)
                return (new Outcome(Stage.Deployment, problem.Message), null);
            test = new WorkflowTest(workflow);
        }
        catch (WorkflowException refused)
        {
            return (new Outcome(Stage.Build, refused.Message), null);
        }

        return (null, await Ending.OfAsync(test.WithInvoker((ITaskInvoker)Activator.CreateInstance(assembly.GetType("FakeServices", throwOnError: true)!)!), input, assembly));
    }
}
