using System.Globalization;
using Orkestra.Testing.Mocking;

namespace Orkestra.Serving;

/// <summary>The environment variables of Step Functions Local (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-config-options.html).</summary>
/// <param name="Find">The value of a variable; null when it is not set.</param>
public sealed record ServiceEnvironment(Func<string, string?> Find)
{
    /// <summary>The account in ARNs, as in Step Functions Local.</summary>
    public string AccountId => Value("AWS_ACCOUNT_ID") ?? "123456789012";

    /// <summary>The region in ARNs and signatures; us-east-1 by default.</summary>
    public string Region => Value("AWS_DEFAULT_REGION") ?? Value("AWS_REGION") ?? "us-east-1";

    /// <summary>What waits are multiplied with.</summary>
    /// <exception cref="ServingException">The value is not a number from 0 on.</exception>
    public double WaitTimeScale => Value("WAIT_TIME_SCALE") switch
    {
        null => 1,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale >= 0 && double.IsFinite(scale) => scale,
        var text => throw new ServingException($"WAIT_TIME_SCALE is '{text}', which is not a number from 0 on. Use one such as 0.01."),
    };

    /// <summary>The mock configuration; null for none.</summary>
    /// <exception cref="ServingException">The file cannot be read.</exception>
    internal MockConfiguration? Mocks()
    {
        if (Value("SFN_MOCK_CONFIG") is not { } path) return null;
        try
        {
            return MockConfiguration.Load(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ServingException($"The mock configuration '{path}' (SFN_MOCK_CONFIG) cannot be read: {problem.Message}");
        }
    }

    /// <summary>The environment of this process.</summary>
    public static ServiceEnvironment OfProcess() => new(Environment.GetEnvironmentVariable);

    string? Value(string name) => Find(name) is { Length: > 0 } value ? value : null;
}
