using System.Net.Http.Headers;

namespace Orkestra.Client.Connections;

/// <summary>Says who sends a request.</summary>
internal interface IRequestAuthentication : IDisposable
{
    /// <summary>Adds headers to a request that is otherwise complete.</summary>
    ValueTask AuthenticateAsync(HttpRequestMessage request, byte[] content, CancellationToken cancellationToken);
}

/// <summary>The token of an endpoint; nothing when it is null.</summary>
internal sealed class TokenAuthentication(string? token) : IRequestAuthentication
{
    public ValueTask AuthenticateAsync(HttpRequestMessage request, byte[] content, CancellationToken cancellationToken)
    {
        if (token is { Length: > 0 }) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }
}
