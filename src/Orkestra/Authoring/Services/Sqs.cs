using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Services;

/// <summary>Sends messages to SQS queues without a function (https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html).</summary>
public static class Sqs
{
    /// <summary>Sends the payload as a message.</summary>
    /// <typeparam name="T">The payload. It is the body of the message, as JSON.</typeparam>
    /// <param name="queueUrl">The queue's URL, or a placeholder such as <c>${OrdersQueue}</c>.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<T, SentMessage> Send<T>(string queueUrl, [CallerMemberName] string name = "") =>
        Aws.Make<T, SentMessage>("sqs:sendMessage", Queue<T>(queueUrl).WithInput("MessageBody"), name);

    /// <summary>Sends a message.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TBody">The body of the message: a text, or anything else as JSON.</typeparam>
    /// <param name="queueUrl">The queue's URL, or a placeholder such as <c>${OrdersQueue}</c>.</param>
    /// <param name="body">A C# expression for the body.</param>
    /// <param name="groupId">A C# expression for the group within which messages of a FIFO queue keep their order; null for other queues.</param>
    /// <param name="deduplicationId">A C# expression for the text by which a FIFO queue recognizes a message that comes twice; null when the queue goes by the content.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, SentMessage> Send<TIn, TBody>(
        string queueUrl,
        Expression<Func<TIn, TBody>> body,
        Expression<Func<TIn, string>>? groupId = null,
        Expression<Func<TIn, string>>? deduplicationId = null,
        [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        var arguments = Queue<TIn>(queueUrl).With("MessageBody", body).With("MessageGroupId", groupId).With("MessageDeduplicationId", deduplicationId);
        return Aws.Make<TIn, SentMessage>("sqs:sendMessage", arguments, name);
    }

    static ServiceArguments Queue<TIn>(string queueUrl)
    {
        ArgumentException.ThrowIfNullOrEmpty(queueUrl);
        return ServiceArguments.Over<TIn>().With("QueueUrl", queueUrl);
    }
}

/// <summary>What SQS and SNS answer when they accepted a message.</summary>
/// <param name="MessageId">The message's identifier.</param>
/// <param name="SequenceNumber">The place of the message in its group, for FIFO queues and topics; null for others.</param>
public sealed record SentMessage(
    [property: JsonPropertyName("MessageId")] string MessageId,
    [property: JsonPropertyName("SequenceNumber")] string? SequenceNumber = null);
