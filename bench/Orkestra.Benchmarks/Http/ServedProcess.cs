using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks.Http;

/// <summary>A Step Functions endpoint in a process of its own.</summary>
sealed class ServedProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly HttpClient client;

    ServedProcess(Process process, Uri address, TimeSpan ready)
    {
        this.process = process;
        client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = Patience };
        Ready = ready;
    }

    /// <summary>From the start of the process until it answered.</summary>
    internal TimeSpan Ready { get; }

    internal long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts a program that listens on a port, and waits until it answers ListStateMachines.</summary>
    internal static async Task<ServedProcess> StartAsync(string program, IEnumerable<string> arguments, int port)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var probe = new HttpClient { BaseAddress = address, Timeout = Patience };
        while (clock.Elapsed < Patience)
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
            try
            {
                await SendAsync(probe, "ListStateMachines", JsonObject.Empty);
                return new ServedProcess(process, address, clock.Elapsed);
            }
            catch (HttpRequestException problem) when (problem.InnerException is SocketException)
            {
                await Task.Delay(5);
            }
        }

        throw new TimeoutException($"{program} does not answer.");
    }

    internal Task<JsonValue> CallAsync(string action, JsonObject request) => SendAsync(client, action, request);

    internal void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
        client.Dispose();
    }

    static async Task<JsonValue> SendAsync(HttpClient client, string action, JsonObject request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(request.ToUtf8Bytes()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        message.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        // Peers find the service by the scope of the signature.
        message.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20300101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(message);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? JsonValue.Parse(bytes) : throw new InvalidOperationException($"{action}: {System.Text.Encoding.UTF8.GetString(bytes)}");
    }
}
