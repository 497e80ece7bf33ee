namespace Orkestra.Cli.Serving;

/// <summary>The environment variables of Step Functions Local (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-config-options.html).</summary>
/// <param name="Find">The value of a variable; null when it is not set.</param>
internal sealed record ServiceEnvironment(Func<string, string?> Find)
{
    /// <summary>The account in ARNs, as in Step Functions Local.</summary>
    internal string AccountId => Value("AWS_ACCOUNT_ID") ?? "123456789012";

    internal string Region => Value("AWS_DEFAULT_REGION") ?? Value("AWS_REGION") ?? "us-east-1";

    internal static ServiceEnvironment OfProcess() => new(Environment.GetEnvironmentVariable);

    string? Value(string name) => Find(name) is { Length: > 0 } value ? value : null;
}
