using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// What a connection adds to the requests of HTTP tasks: their authorization, and other headers, query parameters and fields. Where a task sets the same one, the
/// connection's value is used.
/// </summary>
public sealed record HttpTaskConnection
{
    /// <summary>Headers; none by default.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Query parameters; none by default.</summary>
    public IReadOnlyDictionary<string, string> QueryParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Fields of the body; none by default. With any, a task's body must be an object.</summary>
    public JsonObject Body { get; init; } = JsonObject.Empty;

    /// <summary>A connection with a user's name and password.</summary>
    /// <param name="userName">The name.</param>
    /// <param name="password">The password.</param>
    public static HttpTaskConnection Basic(string userName, string password) =>
        ApiKey("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))}");

    /// <summary>A connection with a secret in a header.</summary>
    /// <param name="header">The header's name.</param>
    /// <param name="value">The secret.</param>
    public static HttpTaskConnection ApiKey(string header, string value) => new() { Headers = new Dictionary<string, string> { [header] = value } };

    /// <summary>A connection with a token, such as one of OAuth.</summary>
    /// <param name="token">The token.</param>
    public static HttpTaskConnection Bearer(string token) => ApiKey("Authorization", $"Bearer {token}");
}
