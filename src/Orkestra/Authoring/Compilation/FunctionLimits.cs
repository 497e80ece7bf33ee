using Orkestra.Authoring.Functions;

namespace Orkestra.Authoring.Compilation;

/// <summary>What AWS Lambda refuses in the settings of a function, which a deployment would only find out at its end.</summary>
internal static class FunctionLimits
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    const int LeastMemory = 128;
    const int MostMemory = 10_240;

    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    const int LongestDescription = 256;

    /// <summary>Why Lambda would not take the function of a step, as a sentence; null when it would.</summary>
    public static string? Problem(IStep step)
    {
        if (step.Metadata.Memory is < LeastMemory or > MostMemory) return $"The step '{step.Metadata.Name}' has Memory = {step.Metadata.Memory}, but a Lambda function has {LeastMemory} to {MostMemory} MB.";
        if (step.Metadata.Description is { Length: > LongestDescription } description)
            return $"The description of step '{step.Metadata.Name}' has {description.Length} characters, but that of a Lambda function has at most {LongestDescription}: shorten it.";
        if (step.Metadata.Timeout is { } timeout && step.Metadata.Heartbeat is { } heartbeat && heartbeat >= timeout)
            return $"The heartbeat of step '{step.Metadata.Name}' is {heartbeat}, but it must be shorter than the step's timeout of {timeout}.";
        return FunctionEnvironment.FindProblem(step.Metadata.Name, step.Metadata.Environment);
    }
}
