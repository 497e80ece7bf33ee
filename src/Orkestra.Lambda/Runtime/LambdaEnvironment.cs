using System.Globalization;

namespace Orkestra.Lambda.Runtime;

/// <summary>The environment variables that Lambda sets for a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime</remarks>
public sealed class LambdaEnvironment
{
    readonly Func<string, string?> _read;

    LambdaEnvironment(Func<string, string?> read) => _read = read;

    /// <summary>The process's own environment.</summary>
    public static LambdaEnvironment Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Host and port of the Runtime API (<c>AWS_LAMBDA_RUNTIME_API</c>); null outside Lambda.</summary>
    public string? RuntimeApi => this["AWS_LAMBDA_RUNTIME_API"];

    /// <summary>The function's handler setting (<c>_HANDLER</c>).</summary>
    public string? Handler => this["_HANDLER"];

    /// <summary>The function's name (<c>AWS_LAMBDA_FUNCTION_NAME</c>).</summary>
    public string? FunctionName => this["AWS_LAMBDA_FUNCTION_NAME"];

    /// <summary>The function's version (<c>AWS_LAMBDA_FUNCTION_VERSION</c>).</summary>
    public string? FunctionVersion => this["AWS_LAMBDA_FUNCTION_VERSION"];

    /// <summary>The function's memory in MB (<c>AWS_LAMBDA_FUNCTION_MEMORY_SIZE</c>); null when unknown.</summary>
    public int? MemorySize => int.TryParse(this["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) ? megabytes : null;

    /// <summary>The region (<c>AWS_REGION</c>).</summary>
    public string? Region => this["AWS_REGION"];

    /// <summary>
    /// Whether the process was started to answer a waiting request; false for provisioned concurrency and the like, where no request waits.
    /// </summary>
    public bool StartsOnDemand => this["AWS_LAMBDA_INITIALIZATION_TYPE"] is null or "on-demand" or "snap-start";

    /// <summary>A variable's value; null when it is not set or empty.</summary>
    public string? this[string name] => _read(name) is { Length: > 0 } value ? value : null;

    /// <summary>Reads variables from another source than the process, for tests.</summary>
    public static LambdaEnvironment From(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new(read);
    }
}
