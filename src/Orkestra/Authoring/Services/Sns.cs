using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Orkestra.Authoring.Services;

/// <summary>Publishes to SNS topics without a function (https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html).</summary>
public static class Sns
{
    /// <summary>Publishes the payload.</summary>
    /// <typeparam name="T">The payload. It is the message, as JSON.</typeparam>
    /// <param name="topicArn">The topic's ARN, or a placeholder such as <c>${OrdersTopic}</c>.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<T, SentMessage> Publish<T>(string topicArn, [CallerMemberName] string name = "") =>
        Aws.Make<T, SentMessage>("sns:publish", Topic<T>(topicArn).WithInput("Message"), name);

    /// <summary>Publishes a message.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TMessage">The message: a text, or anything else as JSON.</typeparam>
    /// <param name="topicArn">The topic's ARN, or a placeholder such as <c>${OrdersTopic}</c>.</param>
    /// <param name="message">A C# expression for the message.</param>
    /// <param name="subject">A C# expression for the subject of mails; none when null.</param>
    /// <param name="groupId">A C# expression for the group within which messages of a FIFO topic keep their order; null for other topics.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, SentMessage> Publish<TIn, TMessage>(
        string topicArn,
        Expression<Func<TIn, TMessage>> message,
        Expression<Func<TIn, string>>? subject = null,
        Expression<Func<TIn, string>>? groupId = null,
        [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(message);
        var arguments = Topic<TIn>(topicArn).With("Message", message).With("Subject", subject).With("MessageGroupId", groupId);
        return Aws.Make<TIn, SentMessage>("sns:publish", arguments, name);
    }

    static ServiceArguments Topic<TIn>(string topicArn)
    {
        ArgumentException.ThrowIfNullOrEmpty(topicArn);
        return ServiceArguments.Over<TIn>().With("TopicArn", topicArn);
    }
}
