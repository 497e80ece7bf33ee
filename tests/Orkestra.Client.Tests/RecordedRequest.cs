using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;

namespace Orkestra.Client.Tests;

/// <summary>A request as it came over HTTP.</summary>
sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Action => Headers["x-amz-target"];

    internal JsonValue Json => JsonValue.Parse(Body);

    internal string Scope => Field("Credential")[(Field("Credential").IndexOf('/', StringComparison.Ordinal) + 1)..];

    internal string[] SignedHeaders => Field("SignedHeaders").Split(';');

    /// <summary>Computes the signature that the headers and the body should have, by AWS's description of Signature Version 4 alone.</summary>
    internal bool HasSignatureOf(string secret)
    {
        var scope = Scope.Split('/');
        var canonical = $"{Method}\n{Path}\n\n{string.Concat(SignedHeaders.Select(name => $"{name}:{Headers[name]}\n"))}\n{string.Join(';', SignedHeaders)}\n{Hex(SHA256.HashData(Body))}";
        var text = $"AWS4-HMAC-SHA256\n{Headers["x-amz-date"]}\n{string.Join('/', scope)}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == Field("Signature");
    }

    string Field(string name) => Headers["authorization"].Split(["AWS4-HMAC-SHA256 ", ", ", ","], StringSplitOptions.RemoveEmptyEntries).Single(part => part.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>A server that answers every request with a prepared answer and keeps it.</summary>
sealed class RecordingServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly List<RecordedRequest> requests = [];

    RecordingServer(WebApplication app, Func<RecordedRequest, int, (int Status, string Body)> answer)
    {
        this.app = app;
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var request = new RecordedRequest(
                context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body.ToArray());
            int number;
            lock (requests)
            {
                requests.Add(request);
                number = requests.Count;
            }

            var (status, text) = answer(request, number);
            if (status == 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.WriteAsync(text);
        });
    }

    internal Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal RecordedRequest[] Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    /// <summary>Starts a server. A status of 0 closes the connection without an answer.</summary>
    internal static async Task<RecordingServer> StartAsync(Func<RecordedRequest, int, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new RecordingServer(builder.Build(), answer);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
