using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orkestra.Cli.Remote;

namespace Orkestra.Cli.Mcp;

/// <summary>The Model Context Protocol server of the tool (https://modelcontextprotocol.io).</summary>
internal static class McpTools
{
    const string Instructions =
        "Orkestra runs AWS Step Functions state machines locally. Validate a definition before you run it, run it with answers for its tasks, and look at the executions of the local endpoint.";

    /// <summary>The server's options, with its tools.</summary>
    /// <param name="client">The endpoint.</param>
    /// <param name="streams">For files.</param>
    /// <param name="allowsChanges">Whether tools that start, rerun and stop executions are offered.</param>
    internal static McpServerOptions Options(EndpointClient client, ToolStreams streams, bool allowsChanges)
    {
        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        Add(tools, new DefinitionTools(streams), allowsChanges);
        Add(tools, new ExecutionTools(client), allowsChanges);
        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "orkestra", Title = "Orkestra", Version = typeof(McpTools).Assembly.GetName().Version!.ToString(3) },
            ServerInstructions = Instructions,
            ToolCollection = tools,
        };
    }

    // The type argument tells the trimmer whose methods are found by reflection.
    static void Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.NonPublicMethods)] TTools>(McpServerPrimitiveCollection<McpServerTool> tools, TTools target, bool allowsChanges)
        where TTools : class
    {
        foreach (var method in typeof(TTools).GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic))
        {
            if (method.GetCustomAttribute<McpServerToolAttribute>() is not { } attribute || (!attribute.ReadOnly && !allowsChanges)) continue;
            tools.Add(McpServerTool.Create(method, method.IsStatic ? null : target));
        }
    }

    /// <summary>The answer of a tool: what its work gives, or why it is refused.</summary>
    internal static CallToolResult Guarded(Func<string> work)
    {
        try
        {
            return Answer(work(), isError: false);
        }
        catch (Exception problem) when (IsRefusal(problem))
        {
            return Answer(problem.Message, isError: true);
        }
    }

    /// <inheritdoc cref="Guarded"/>
    internal static async Task<CallToolResult> GuardedAsync(Func<Task<string>> work)
    {
        try
        {
            return Answer(await work().ConfigureAwait(false), isError: false);
        }
        catch (Exception problem) when (IsRefusal(problem))
        {
            return Answer(problem.Message, isError: true);
        }
    }

    static CallToolResult Answer(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    static bool IsRefusal(Exception problem) => problem is ToolException or Asl.AslFormatException or Engine.InvalidStateMachineException or ArgumentException;
}
