using System.Text;

namespace Orkestra.Authoring.Compilation;

/// <summary>What AWS Lambda refuses in the settings of a function, which a deployment would only find out at its end.</summary>
internal static class FunctionLimits
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    const int LeastMemory = 128;
    const int MostMemory = 10_240;
    const int MostEnvironment = 4096;

    // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    const int LongestDescription = 256;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    static readonly HashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Why Lambda would not take the function of a step, as a sentence; null when it would.</summary>
    public static string? Problem(IStep step)
    {
        if (step.Memory is < LeastMemory or > MostMemory) return $"The step '{step.Name}' has Memory = {step.Memory}, but a Lambda function has {LeastMemory} to {MostMemory} MB.";
        if (step.Description is { Length: > LongestDescription } description)
            return $"The description of step '{step.Name}' has {description.Length} characters, but that of a Lambda function has at most {LongestDescription}: shorten it.";
        if (step.Timeout is { } timeout && step.Heartbeat is { } heartbeat && heartbeat >= timeout)
            return $"The heartbeat of step '{step.Name}' is {heartbeat}, but it must be shorter than the step's timeout of {timeout}.";
        return EnvironmentProblem(step.Name, step.Environment);
    }

    /// <summary>Why Lambda would not take the environment variables of a step's function, as a sentence; null when it would.</summary>
    public static string? EnvironmentProblem(string step, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var size = 0;
        foreach (var (name, value) in variables)
        {
            if (Reserved.Contains(name)) return $"The step '{step}' sets the environment variable '{name}', which AWS Lambda sets itself: give it another name.";
            if (name.Length < 2 || !char.IsAsciiLetter(name[0]) || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
                return $"The step '{step}' sets the environment variable '{name}', but for AWS Lambda a name is a letter and then at least one more letter, digit or '_': give it another name.";
            if (value is null) return $"The step '{step}' sets the environment variable '{name}' to null: give it a text, or leave it out.";
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        return size > MostEnvironment ? $"The environment variables of step '{step}' have {size} bytes, but a Lambda function takes at most {MostEnvironment}: keep the values in a parameter store, and pass their names." : null;
    }
}
