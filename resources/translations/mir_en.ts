<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountCorner</name>
    <message numerus="yes">
        <source>manages %n group(s)</source>
        <translation>
            <numerusform>manages %n group</numerusform>
            <numerusform>manages %n groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message numerus="yes">
        <source>%n download(s) at work, {percent}</source>
        <translation>
            <numerusform>%n download at work, {percent}</numerusform>
            <numerusform>%n downloads at work, {percent}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{state}. {count} new in the archive.</source>
        <translation>
            <numerusform>{state}. {count} new in the archive.</numerusform>
            <numerusform>{state}. {count} new in the archive.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln recording</numerusform>
            <numerusform>%Ln recordings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Computer</name>
    <message numerus="yes">
        <source>%n thing(s) need attention</source>
        <translation>
            <numerusform>%n thing needs attention</numerusform>
            <numerusform>%n things need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationDetail</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationsModule</name>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln conversation</numerusform>
            <numerusform>%Ln conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadDialog</name>
    <message numerus="yes">
        <source>Download %n conversation(s)?</source>
        <translation>
            <numerusform>Download %Ln conversation?</numerusform>
            <numerusform>Download %Ln conversations?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln recording</numerusform>
            <numerusform>%Ln recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln conversation</numerusform>
            <numerusform>%Ln conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Downloading</name>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Selection of %Ln</numerusform>
            <numerusform>Selection of %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Export %n recording(s)?</source>
        <translation>
            <numerusform>Export %Ln recording?</numerusform>
            <numerusform>Export %Ln recordings?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) are not in the archive yet</source>
        <translation>
            <numerusform>%Ln conversation is not in the archive yet</numerusform>
            <numerusform>%Ln conversations are not in the archive yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Selection of %Ln</numerusform>
            <numerusform>Selection of %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) were exported</source>
        <translation>
            <numerusform>%Ln recording was exported</numerusform>
            <numerusform>%Ln recordings were exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) are damaged in the archive and were left out</source>
        <translation>
            <numerusform>%Ln recording is damaged in the archive and was left out</numerusform>
            <numerusform>%Ln recordings are damaged in the archive and were left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cut short</source>
        <translation>
            <numerusform>%n cut short</numerusform>
            <numerusform>%n cut short</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n longer than before</source>
        <translation>
            <numerusform>%n longer than before</numerusform>
            <numerusform>%n longer than before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another kind</source>
        <translation>
            <numerusform>%n of another kind</numerusform>
            <numerusform>%n of another kind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced by something else</source>
        <translation>
            <numerusform>%n replaced by something else</numerusform>
            <numerusform>%n replaced by something else</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n unreadable</numerusform>
            <numerusform>%n unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a changed table</source>
        <translation>
            <numerusform>%n with a changed table</numerusform>
            <numerusform>%n with a changed table</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with changed marks</source>
        <translation>
            <numerusform>%n with changed marks</numerusform>
            <numerusform>%n with changed marks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a table</source>
        <translation>
            <numerusform>%n without a table</numerusform>
            <numerusform>%n without a table</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without its marks</source>
        <translation>
            <numerusform>%n without its marks</numerusform>
            <numerusform>%n without their marks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%Ln finding</numerusform>
            <numerusform>%Ln findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln recording</numerusform>
            <numerusform>%Ln recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading: %n recording(s)</source>
        <translation>
            <numerusform>Reading: %Ln recording</numerusform>
            <numerusform>Reading: %Ln recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%Ln could not be read</numerusform>
            <numerusform>%Ln could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message numerus="yes">
        <source>%n place(s) found</source>
        <translation>
            <numerusform>%n place found</numerusform>
            <numerusform>%n places found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineBar</name>
    <message numerus="yes">
        <source>%n conversation(s) loaded</source>
        <translation>
            <numerusform>%n conversation loaded</numerusform>
            <numerusform>%n conversations loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) on the way</source>
        <translation>
            <numerusform>%n conversation on the way</numerusform>
            <numerusform>%n conversations on the way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message numerus="yes">
        <source>%n active</source>
        <translation>
            <numerusform>%n active</numerusform>
            <numerusform>%n active</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n active, one needs you</source>
        <translation>
            <numerusform>%n active, it needs you</numerusform>
            <numerusform>%n active, one needs you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message numerus="yes">
        <source>%n recording(s) are damaged</source>
        <translation>
            <numerusform>%Ln recording is damaged</numerusform>
            <numerusform>%Ln recordings are damaged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) in the archive are not as they should be</source>
        <translation>
            <numerusform>%Ln thing in the archive is not as it should be</numerusform>
            <numerusform>%Ln things in the archive are not as they should be</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) will be deleted by the service within 14 days and are not in the archive</source>
        <translation>
            <numerusform>%Ln recording will be deleted by the service within 14 days and is not in the archive</numerusform>
            <numerusform>%Ln recordings will be deleted by the service within 14 days and are not in the archive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Download %n</source>
        <translation>
            <numerusform>Download %Ln</numerusform>
            <numerusform>Download %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln conversation</numerusform>
            <numerusform>%Ln conversations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <comment>hours</comment>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln recording</numerusform>
            <numerusform>%Ln recordings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParticipantsModule</name>
    <message numerus="yes">
        <source>%n participation(s)</source>
        <translation>
            <numerusform>%Ln participation</numerusform>
            <numerusform>%Ln participations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message numerus="yes">
        <source>%n download(s) are still at work</source>
        <translation>
            <numerusform>%n download is still at work</numerusform>
            <numerusform>%n downloads are still at work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform>
            <numerusform>%n marks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln recording</numerusform>
            <numerusform>%Ln recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cannot be played: {reason}</source>
        <translation>
            <numerusform>%n recording cannot be played: {reason}</numerusform>
            <numerusform>%n recordings cannot be played: {reason}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunItems</name>
    <message numerus="yes">
        <source>Retry {count}</source>
        <translation>
            <numerusform>Retry {count}</numerusform>
            <numerusform>Retry {count}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry {count} failed</source>
        <translation>
            <numerusform>Retry {count} failed</numerusform>
            <numerusform>Retry {count} failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in {count}</source>
        <translation>
            <numerusform>Take in {count}</numerusform>
            <numerusform>Take in {count}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>one of %n recordings</source>
        <translation>
            <numerusform>one of %n recordings</numerusform>
            <numerusform>one of %n recordings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message numerus="yes">
        <source>{count} chosen</source>
        <translation>
            <numerusform>{count} chosen</numerusform>
            <numerusform>{count} chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message numerus="yes">
        <source>Cancelled by you, {count} kept</source>
        <translation>
            <numerusform>Cancelled by you, {count} kept</numerusform>
            <numerusform>Cancelled by you, {count} kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Complete, %n no longer to be had</source>
        <translation>
            <numerusform>Complete, %Ln no longer to be had</numerusform>
            <numerusform>Complete, %Ln no longer to be had</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finished, %n exception(s)</source>
        <translation>
            <numerusform>Finished, %Ln exception</numerusform>
            <numerusform>Finished, %Ln exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Listing, {count} found so far</source>
        <translation>
            <numerusform>Listing, {count} found so far</numerusform>
            <numerusform>Listing, {count} found so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message numerus="yes">
        <source>%n at once</source>
        <translation>
            <numerusform>%n at once</numerusform>
            <numerusform>%n at once</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Selection of %Ln</numerusform>
            <numerusform>Selection of %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} failed</source>
        <translation>
            <numerusform>{count} failed</numerusform>
            <numerusform>{count} failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScheduleWords</name>
    <message numerus="yes">
        <source>%n conversation(s) not in the archive</source>
        <comment>deleted before long</comment>
        <translation>
            <numerusform>%n conversation not in the archive</numerusform>
            <numerusform>%n conversations not in the archive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>covered by one pull</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) by one pull</source>
        <translation>
            <numerusform>%n day by one pull</numerusform>
            <numerusform>%n days by one pull</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n exception</numerusform>
            <numerusform>%n exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bytes of the last %n night(s)</source>
        <translation>
            <numerusform>Bytes of the last %n night</numerusform>
            <numerusform>Bytes of the last %n nights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry %n</source>
        <comment>recordings</comment>
        <translation>
            <numerusform>Retry %n</numerusform>
            <numerusform>Retry %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The service deletes them within %n day(s). They are first in the next pull.</source>
        <translation>
            <numerusform>The service deletes them within %n day. They are first in the next pull.</numerusform>
            <numerusform>The service deletes them within %n days. They are first in the next pull.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n night(s)</source>
        <translation>
            <numerusform>in %n night</numerusform>
            <numerusform>in %n nights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} recording(s)</source>
        <translation>
            <numerusform>{count} recording</numerusform>
            <numerusform>{count} recordings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message numerus="yes">
        <source>My groups (%n)</source>
        <translation>
            <numerusform>My groups (%n)</numerusform>
            <numerusform>My groups (%n)</numerusform>
        </translation>
    </message>
</context>
</TS>
