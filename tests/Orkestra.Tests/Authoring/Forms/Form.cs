using System.Runtime.CompilerServices;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Shouldly;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>A form of the language in C#, with plain C# that does the same. docs/forms.md is made of them.</summary>
/// <param name="Name">The name, which is that of its approved document.</param>
/// <param name="Says">What it does, as the page says it.</param>
/// <param name="Text">The form as it is written in the source.</param>
/// <param name="Workflow">A workflow of it.</param>
/// <param name="Runs">Runs it and compares the answer with that of plain C#.</param>
public sealed record Form(string Name, string Says, string Text, Workflow Workflow, IReadOnlyList<Func<Task>> Runs)
{
    public override string ToString() => Name;

    public static Form Of<TIn, TOut>(
        string name, string says, Flow<TIn, TOut> flow, Func<TIn, TOut> plain, TIn[] inputs, [CallerArgumentExpression(nameof(flow))] string text = "")
    {
        var workflow = TestWorkflow.Of(flow);
        return new(name, says, string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), workflow, [.. inputs.Select(input => (Func<Task>)(() => CompareAsync(workflow, input, plain)))]);
    }

    /// <summary>A form that takes more than its input to run.</summary>
    public static Form Of<TIn, TOut>(string name, string says, Flow<TIn, TOut> flow, Func<Workflow<TIn, TOut>, Task> run, [CallerArgumentExpression(nameof(flow))] string text = "")
    {
        var workflow = TestWorkflow.Of(flow);
        return new(name, says, string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), workflow, [() => run(workflow)]);
    }

    static async Task CompareAsync<TIn, TOut>(Workflow<TIn, TOut> workflow, TIn input, Func<TIn, TOut> plain)
    {
        var serializer = workflow.Compile().Serializer;
        var result = await workflow.ExecuteAsync(serializer.Serialize(input), OrkestraOptions.SkippingTime);
        TOut expected;
        try
        {
            expected = plain(input);
        }
        catch (Exception exception)
        {
            result.Execution.Error.ShouldBe(exception.GetType().Name, $"{input}: {result.Execution.Cause}");
            new Failure("", result.Execution.Cause).Message.ShouldBe(exception.Message);
            return;
        }

        result.IsSuccess.ShouldBeTrue($"{input}: {result.Execution.Error} {result.Execution.Cause}");
        result.Output!.ToJson().ShouldBe(serializer.Serialize(expected).ToJson(), $"{input}");
    }
}
