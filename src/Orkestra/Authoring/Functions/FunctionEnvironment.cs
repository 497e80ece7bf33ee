using System.Text;
using System.Text.RegularExpressions;

namespace Orkestra.Authoring.Functions;

/// <summary>What AWS Lambda requires of the environment variables of a function (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). Safe to use from any thread.</summary>
public static partial class FunctionEnvironment
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    const int MostBytes = 4096;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    static readonly HashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Why AWS Lambda would refuse the environment variables of a step's function: a reserved or invalid name, a value that is null, or more than 4,096 bytes. A placeholder such as <c>${Table}</c> in a value is a problem, too, because nothing fills it in.</summary>
    /// <param name="stepName">The name of the step, for the message.</param>
    /// <param name="variables">The names and values.</param>
    /// <returns>A sentence that says what is wrong and what to do; null when Lambda accepts them.</returns>
    public static string? FindProblem(string stepName, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var size = 0;
        foreach (var (name, value) in variables)
        {
            if (Reserved.Contains(name)) return $"The step '{stepName}' sets the environment variable '{name}', which AWS Lambda sets itself: give it another name.";
            if (name.Length < 2 || !char.IsAsciiLetter(name[0]) || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
                return $"The step '{stepName}' sets the environment variable '{name}', but for AWS Lambda a name is a letter and then at least one more letter, digit or '_': give it another name.";
            if (value is null) return $"The step '{stepName}' sets the environment variable '{name}' to null: give it a text, or leave it out.";
            if (Placeholder().Match(value) is { Success: true, Value: var placeholder })
                return $"The step '{stepName}' sets the environment variable '{name}' to '{value}', but {placeholder} is not filled in there: placeholders stand for names in the definition of the state machine. With the CDK, give the variable its value in Functions or FunctionFor: new StepFunctionProps {{ Environment = … }}.";
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        return size > MostBytes ? $"The environment variables of step '{stepName}' have {size} bytes, but a Lambda function takes at most {MostBytes}: keep the values in a parameter store, and pass their names." : null;
    }

    [GeneratedRegex(@"\$\{[A-Za-z][A-Za-z0-9_]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
