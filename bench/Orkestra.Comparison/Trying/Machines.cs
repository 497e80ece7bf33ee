using System.Reflection;
using Orkestra.Asl;
using Orkestra.Testing;
using Orkestra.Validation;

namespace Orkestra.Comparison.Trying;

/// <summary>Two definitions, of the process and of shipping, with the functions they call.</summary>
internal static class Machines
{
    /// <summary>What the service refuses, or how the run ends.</summary>
    public static async Task<(Outcome? Refusal, Ending? Ending)> OfAsync(string process, string shipping, Assembly functions, string input)
    {
        foreach (var definition in (string[])[process, shipping])
        {
            var problems = StateMachineValidator.Validate(definition).Diagnostics;
            if (problems.FirstOrDefault(static problem => problem.IsError) is { } problem) return (new Outcome(Stage.Deployment, problem.Message), null);
        }

        var test = WorkflowTest.OfAsl(process).WithStateMachine("Shipping", AslReader.Parse(shipping)).WithInvoker(new Functions(functions));
        return (null, await Ending.OfAsync(test, input, functions));
    }
}
