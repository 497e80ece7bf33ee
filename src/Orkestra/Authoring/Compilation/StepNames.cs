using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Finds the steps of a flow and checks their names, which are the identities of deployed functions.</summary>
internal static class StepNames
{
    // The longest name of a Lambda function.
    const int Longest = 64;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html

    /// <summary>The steps by the name of their function, in the order they are written.</summary>
    public static Dictionary<string, IStep> Collect(FlowNode root)
    {
        var found = new OrderedDictionary<string, IStep>(StringComparer.Ordinal);
        var pending = new Stack<FlowNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is StepFlowNode { Step: var step }) Add(found, step);
            foreach (var part in node.Parts.Reverse()) pending.Push(part);
        }

        return new Dictionary<string, IStep>(found, StringComparer.Ordinal);
    }

    static void Add(OrderedDictionary<string, IStep> found, IStep step)
    {
        Check(step);
        var function = step.FunctionName;
        if (found.TryAdd(function, step)) return;
        var other = found[function];
        if (other.Metadata.Name == step.Metadata.Name && other.SameFunctionAs(step)) return;
        throw new WorkflowException(
            $"The step name '{step.Metadata.Name}' stands for two different functions, {Place(other)} and {Place(step)}: "
            + "give one of them another name with { Name = \"…\" }, or use one step in both places.");
    }

    static void Check(IStep step)
    {
        var name = step.Metadata.Name;
        if (string.IsNullOrWhiteSpace(name) || name is ".ctor" or ".cctor")
            throw new WorkflowException($"The step at {Place(step)} has no name: assign it to a field, or give it one with {{ Name = \"…\" }}.");
        if (name.Length > Longest)
            throw new WorkflowException($"The step name '{name}' has {name.Length} characters and a function's name at most {Longest}: give the step a shorter one with {{ Name = \"…\" }}.");
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or ' ') continue;
            throw new WorkflowException($"The step name '{name}' has the character '{letter}', which a function's name cannot have: use letters A to Z, digits, '-' and '_', with {{ Name = \"…\" }}.");
        }

        if (!char.IsAsciiLetter(name[0]))
            throw new WorkflowException($"The step name '{name}' does not begin with a letter: give the step another with {{ Name = \"…\" }}.");
        if (FunctionLimits.Problem(step.Metadata) is { } problem) throw new WorkflowException(problem);
        if (step.Metadata.Throws.FirstOrDefault(static type => !type.IsAssignableTo(typeof(Exception))) is { } other)
            throw new WorkflowException($"Throws of step '{step.Metadata.Name}' names {other.Name}, which is no exception: name types that derive from Exception.");
    }

    static string Place(IStep step) => $"{Path.GetFileName(step.Metadata.SourceFile.Replace('\\', '/'))}:{step.Metadata.SourceLine}";
}
