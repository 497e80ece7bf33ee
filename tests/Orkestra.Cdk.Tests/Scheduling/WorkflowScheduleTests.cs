using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Shouldly;

namespace Orkestra.Cdk.Tests.Scheduling;

public class WorkflowScheduleTests : CdkTest
{
    [Fact]
    public void A_rule_starts_the_state_machine_and_may_do_nothing_else()
    {
        var schedule = new Orders().Schedule(Stack, new() { Rate = Duration.Minutes(5) });

        schedule.Expression.ShouldBe("rate(5 minutes)");
        var template = Synthesised();
        var rule = template.Only("AWS::Events::Rule");
        rule["ScheduleExpression"].ShouldBeText("rate(5 minutes)");
        rule["State"].ShouldBeText("ENABLED");
        var role = template.Named("OrdersScheduleRole");
        role["AssumeRolePolicyDocument"]!["Statement"]![0]!["Principal"]!["Service"].ShouldBeText("events.amazonaws.com");
        role["Policies"]![0]!["PolicyDocument"]!["Statement"].ToText().ShouldBe("""[{"Action":"states:StartExecution","Effect":"Allow","Resource":{"Ref":"OrdersA9B65338"}}]""");
        rule["Targets"]![0]!["Arn"].ToText().ShouldBe("""{"Ref":"OrdersA9B65338"}""");
    }

    [Theory]
    [InlineData(1, "rate(1 minute)")]
    [InlineData(60, "rate(1 hour)")]
    [InlineData(90, "rate(90 minutes)")]
    [InlineData(1440, "rate(1 day)")]
    [InlineData(2880, "rate(2 days)")]
    public void A_rate_is_written_in_its_largest_unit(int minutes, string expression) =>
        new Orders().Schedule(Stack, new() { Rate = Duration.Minutes(minutes) }).Expression.ShouldBe(expression);

    [Fact]
    public void A_rate_below_a_minute_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Rate = Duration.Seconds(30) }))
            .Message.ShouldBe("The rate of Orders is 30 seconds: a schedule counts whole minutes, so choose one minute or more.");

    [Fact]
    public void Scheduler_has_a_time_zone_a_window_a_start_and_an_end()
    {
        var queue = new Queue(Stack, "Dead");
        new Orders().Schedule(Stack, new()
        {
            Hour = "8",
            TimeZone = "Europe/Paris",
            FlexibleWindow = Duration.Minutes(15),
            Start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)),
            End = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero),
            DeadLetterQueue = queue,
            RetryAttempts = 3,
            MaxEventAge = Duration.Hours(1),
        });

        var template = Synthesised();
        var schedule = template.Only("AWS::Scheduler::Schedule");
        schedule["ScheduleExpression"].ShouldBeText("cron(0 8 * * ? *)");
        schedule["ScheduleExpressionTimezone"].ShouldBeText("Europe/Paris");
        schedule["FlexibleTimeWindow"].ToText().ShouldBe("""{"MaximumWindowInMinutes":15,"Mode":"FLEXIBLE"}""");
        schedule["StartDate"].ShouldBeText("2029-12-31T23:00:00.000Z");
        schedule["EndDate"].ShouldBeText("2031-01-01T00:00:00.000Z");
        schedule["Target"]!["RetryPolicy"].ToText().ShouldBe("""{"MaximumEventAgeInSeconds":3600,"MaximumRetryAttempts":3}""");
        schedule["Target"]!["DeadLetterConfig"].ToText().ShouldContain("Dead");
        var role = template.Named("OrdersScheduleRole");
        role["AssumeRolePolicyDocument"].ToText().ShouldContain("""{"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}""");
        role["Policies"].ToText().ShouldContain("sqs:SendMessage");
    }

    [Fact]
    public void A_rule_with_dead_letters_lets_only_the_rule_send_them()
    {
        new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1), DeadLetterQueue = new Queue(Stack, "Dead") });

        var template = Synthesised();
        template.Only("AWS::Events::Rule")["Targets"]![0]!["DeadLetterConfig"].ToText().ShouldContain("Dead");
        template.Only("AWS::SQS::QueuePolicy").ToText().ShouldContain("aws:SourceArn");
    }

    [Fact]
    public void An_input_is_written_as_the_workflow_writes_payloads()
    {
        new Counting().Schedule(Stack, new() { Rate = Duration.Hours(1), Input = new Range(1, 1.50m) });

        Synthesised().Only("AWS::Events::Rule")["Targets"]![0]!["Input"].ShouldBeText("""{"from":1,"step":1.50}""");
    }

    [Fact]
    public void An_input_of_the_wrong_shape_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Counting().Schedule(Stack, new() { Rate = Duration.Hours(1), Input = "ten" }))
            .Message.ShouldStartWith("The workflow cannot read the input of the schedule of Counting: ");

    [Fact]
    public void A_misspelt_member_of_an_input_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Counting().Schedule(Stack, new() { Rate = Duration.Hours(1), Input = new { from = 1, stepp = 2 } }))
            .Message.ShouldBe("The workflow cannot read the input of the schedule of Counting: Range has no member 'stepp' (at '$'). Did you mean 'step'?");

    [Theory]
    [InlineData(ScheduleService.Rule)]
    [InlineData(ScheduleService.Scheduler)]
    public void A_missing_input_that_the_workflow_needs_is_one_sentence(ScheduleService service) =>
        Should.Throw<SynthesisException>(() => new Counting().Schedule(Stack, new() { Rate = Duration.Hours(1), Service = service }))
            .Message.ShouldBe("The schedule of Counting passes no input, but the workflow takes Range: set Input of the schedule.");

    [Theory]
    [InlineData(ScheduleService.Rule)]
    [InlineData(ScheduleService.Scheduler)]
    public void A_text_is_no_event_and_has_to_be_given(ScheduleService service) =>
        Should.Throw<SynthesisException>(() => new OverText().Schedule(Stack, new() { Rate = Duration.Hours(1), Service = service }))
            .Message.ShouldBe("The schedule of OverText passes no input, but the workflow takes String: set Input of the schedule.");

    [Fact]
    public void Nor_is_an_event_a_number_that_can_be_null() =>
        Should.Throw<SynthesisException>(() => new OverNumber().Schedule(Stack, new() { Rate = Duration.Hours(1) }))
            .Message.ShouldBe("The schedule of OverNumber passes no input, but the workflow takes Int32?: set Input of the schedule.");

    public sealed class OverNumber : Orkestra.Authoring.Workflow<int?, int>
    {
        public static readonly Orkestra.Authoring.Step<int?, int> Tell = new(number => number ?? 0);

        public override Orkestra.Authoring.Flow<int?, int> Define() => Tell;
    }

    public sealed class OverText : Orkestra.Authoring.Workflow<string, string>
    {
        public static readonly Orkestra.Authoring.Step<string, string> Tell = new(text => text);

        public override Orkestra.Authoring.Flow<string, string> Define() => Tell;
    }

    [Fact]
    public void A_second_schedule_starts_the_same_state_machine()
    {
        var first = new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1) });
        var second = new Orders().Schedule(Stack, new() { Id = "Nightly", Hour = "3" });
        second.StateMachine.StateMachineArn.ShouldBe(first.StateMachine.StateMachineArn);
        Template.ResourceCountIs("AWS::StepFunctions::StateMachine", 1);
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Hour = "4" })).Message
            .ShouldBe("Test already has a construct with the id 'OrdersSchedule': set WorkflowScheduleProps.Id for another schedule of Orders.");
    }

    [Theory]
    [InlineData("every five minutes!")]
    [InlineData("")]
    public void A_name_that_no_schedule_can_have_is_one_sentence(string name) =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1), ScheduleName = name }))
            .Message.ShouldBe($"The schedule of Orders has the name '{name}': a name has 1 to 64 letters, digits, hyphens, underscores and dots.");

    [Fact]
    public void A_schedule_that_ends_before_it_starts_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1), Start = DateTimeOffset.UnixEpoch.AddDays(2), End = DateTimeOffset.UnixEpoch.AddDays(1) }))
            .Message.ShouldBe("The schedule of Orders starts at 1970-01-03 00:00:00Z, which isn't before its end at 1970-01-02 00:00:00Z: set an earlier Start or a later End.");

    [Fact]
    public void A_description_that_is_too_long_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1), Description = new string('x', 600) }))
            .Message.ShouldBe("The description of the schedule of Orders has 600 characters: at most 512 are allowed.");

    [Fact]
    public void A_workflow_over_the_event_of_a_rule_needs_no_input() =>
        new OverEvent().Schedule(Stack, new() { Rate = Duration.Hours(1), Service = ScheduleService.Rule }).Rule.ShouldNotBeNull();

    public sealed record ScheduledEvent(string Source, DateTimeOffset Time);

    public sealed class OverEvent : Orkestra.Authoring.Workflow<ScheduledEvent, string>
    {
        public static readonly Orkestra.Authoring.Step<ScheduledEvent, string> Tell = new(happened => happened.Source);

        public override Orkestra.Authoring.Flow<ScheduledEvent, string> Define() => Tell;
    }

    [Fact]
    public void What_only_Scheduler_knows_is_refused_for_a_rule() =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Hour = "8", TimeZone = "Europe/Paris", Service = ScheduleService.Rule }))
            .Message.ShouldBe("The schedule of Orders has a time zone, which a rule does not know: leave Service out or set it to ScheduleService.Scheduler.");

    [Theory]
    [InlineData("Europe/Pariz")]
    [InlineData("Eastern Standard Time")]
    public void An_unknown_time_zone_is_one_sentence(string zone) =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Hour = "8", TimeZone = zone }))
            .Message.ShouldBe($"The time zone '{zone}' of the schedule of Orders is not known: name one of the IANA database, such as 'Europe/Paris'.");

    [Fact]
    public void A_window_of_more_than_a_day_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new Orders().Schedule(Stack, new() { Hour = "8", FlexibleWindow = Duration.Hours(25) }))
            .Message.ShouldBe("The schedule of Orders has a flexible window of 1500 minutes: choose whole minutes from 1 to 1440.");

    [Fact]
    public void An_alias_is_what_is_started()
    {
        new Orders().Schedule(Stack, new() { Rate = Duration.Hours(1), Workflow = new() { Alias = "live" } });

        var template = Synthesised();
        template.Only("AWS::Events::Rule")["Targets"]![0]!["Arn"].ToText().ShouldContain("OrdersAlias");
        template.Named("OrdersScheduleRole")["Policies"].ToText().ShouldContain("""{"Ref":"OrdersA9B65338"}""");
    }

    [Fact]
    public void A_state_machine_that_exists_is_scheduled_too()
    {
        var machine = new Orders().StateMachine(Stack);
        _ = new WorkflowSchedule(Stack, "Nightly", machine, new() { Hour = "2" });
        _ = new WorkflowSchedule(Stack, "Noon", machine, new() { Hour = "12" });

        Synthesised().All("AWS::Events::Rule").Count.ShouldBe(2);
    }
}
